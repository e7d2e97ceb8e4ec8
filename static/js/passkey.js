/* Passkeys: asks the device to make one or to answer with one, then sends the form.
   Needs HTTPS (or localhost) and a name in the address; elsewhere the form says so. */
(() => {
  "use strict";

  const named = !/^[\d.]+$|^\[/.test(location.hostname);
  const able = window.isSecureContext && "PublicKeyCredential" in window && named;

  const written = () => JSON.parse(document.getElementById("passkey-options").textContent);

  /* At the sign-in page nobody is known yet: the question is fetched when it is wanted. */
  const fetched = async (form) => {
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`no passkey question: ${answer.status}`);
    return answer.json();
  };

  const made = async (form) => {
    const options = written().creation_options;
    const alone = form.querySelector('[name="passwordless"]');
    const wanted = options.publicKey.authenticatorSelection;
    wanted.residentKey = alone?.checked ? "required" : "discouraged";
    wanted.requireResidentKey = Boolean(alone?.checked);
    if (alone?.checked) wanted.userVerification = "required";
    return webauthnJSON.create(options);
  };

  const ways = {
    create: made,
    get: () => webauthnJSON.get(written().request_options),
    "sign-in": async (form) => webauthnJSON.get((await fetched(form)).request_options),
  };

  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const failed = form.querySelector("[data-passkey-failed]");
    const button = form.querySelector("button[type=submit]");
    if (!able) {
      button.hidden = true;
      form.querySelector("[data-passkey-unable]").hidden = false;
      continue;
    }
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      failed.hidden = true;
      button.disabled = true;
      try {
        const credential = await ways[form.dataset.passkey](form);
        form.querySelector('[name="credential"]').value = JSON.stringify(credential);
        form.submit();
      } catch {
        button.disabled = false;
        failed.hidden = false;
        failed.focus();
      }
    });
  }
})();

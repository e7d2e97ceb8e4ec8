/* What pages gain when scripts run. Everything works without this file.
   No eval, no inline handlers: the content security policy forbids both. */
(() => {
  "use strict";

  const here = document.currentScript;
  const later = (source) =>
    new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = source;
      script.onload = done;
      script.onerror = failed;
      document.head.append(script);
    });

  /* “do thi duong” finds “Đỗ Thị Đường”. */
  const plain = (text) =>
    text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/[đĐ]/g, "d").toLowerCase();

  /* --- searchable selects: <select data-search> ---------------------------------- */
  let library;
  const searchable = (select) => {
    if (select.tomselect) return;
    for (const option of select.options) {
      option.dataset.words = plain(`${option.text} ${option.dataset.search || ""}`);
    }
    const focused = document.activeElement === select; // its script came while somebody was in it
    const box = new TomSelect(select, {
      searchField: ["words"],
      maxOptions: 400,
      /* Found at once: a list that opens a moment later takes the focus, and what is typed, from the next field. */
      refreshThrottle: 0,
      diacritics: true,
      allowEmptyOption: false,
      placeholder: select.dataset.placeholder || select.querySelector('option[value=""]')?.text || "",
      plugins: select.multiple ? ["remove_button"] : [],
      score(search) {
        return this.getScoreFunction(plain(search));
      },
      render: {
        no_results: () => {
          const line = document.createElement("div");
          line.className = "no-results";
          line.textContent = here.dataset.noResults;
          return line;
        },
      },
    });
    /* The box stands for the select: it takes over hint and error, and the server asks for a missing answer. */
    for (const name of ["aria-describedby", "aria-invalid", "aria-required"]) {
      if (select.hasAttribute(name)) box.control_input.setAttribute(name, select.getAttribute(name));
    }
    select.setAttribute("aria-hidden", "true");
    select.required = false;
    if (focused) box.focus();
  };
  const searchables = async (selects) => {
    if (!selects.length) return;
    library ||= later(here.dataset.tomSelect);
    await library;
    selects.forEach(searchable);
  };

  /* --- unsaved work: <form data-guard> --------------------------------------------- */
  let unsaved = false;
  document.addEventListener("input", (event) => {
    if (event.target.closest("form[data-guard]")) unsaved = true;
  });
  document.addEventListener("submit", () => { unsaved = false; });
  addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });

  /* --- a day typed on a telephone's pad of digits, which has no stroke: it comes by itself ---- */
  const dayInput = 'input[inputmode="numeric"]:is(.num[autocomplete="off"], [size="10"])';
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!field.matches(dayInput) || event.inputType?.startsWith("delete")) return;
    const typed = field.value;
    if (field.selectionStart !== typed.length) return; // in the middle somebody mends a figure
    const day = typed
      .replace(/^(\d{2})(\d{2})(\d{4})$/, "$1/$2/$3")
      .replace(/\/[-./]+/g, "/")
      .replace(/^(\d{2}|\d{1,2}\/\d{2})$/, "$1/");
    if (day !== typed) field.value = day;
  });

  /* --- single keys, only while focus is inside <… data-keys> (WCAG 2.1.4) ---------- */
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const panel = event.target.closest("[data-keys]");
    if (!panel || event.key.length !== 1) return;
    const key = plain(event.key);
    const target = [...panel.querySelectorAll("[data-key]")].find((node) => plain(node.dataset.key) === key);
    if (!target) return;
    event.preventDefault();
    target.click();
  });

  /* --- the error summary leads into its fields ---------------------------------------- */
  document.addEventListener("click", (event) => {
    const link = event.target.closest('.errors a[href^="#"]');
    const field = link && document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    const spot = field.tomselect?.control_input || (field.matches("fieldset") ? field.querySelector("input") : field);
    (field.closest(".field") || field).scrollIntoView({ block: "center" });
    spot.focus({ preventScroll: true });
  });

  /* --- filters that apply themselves: <form data-auto> ------------------------------ */
  document.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-auto]");
    if (form) form.requestSubmit();
  });

  /* --- buttons that need scripts: hidden in the page, shown here -------------------- */
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copy], [data-print]");
    if (!button) return;
    if (button.hasAttribute("data-print")) print();
    else navigator.clipboard?.writeText(button.dataset.copy);
  });

  /* The element itself may be what htmx has just put in. */
  const within = (root, selector) => [
    ...(root.matches?.(selector) ? [root] : []),
    ...root.querySelectorAll(selector),
  ];
  const wake = (root) => {
    within(root, "[data-copy], [data-print]").forEach((node) => { node.hidden = false; });
    within(root, "[data-focus]")[0]?.focus();
    searchables(within(root, "select[data-search]"));
  };

  /* --- what was typed when the session had ended comes back after signing in again ------ */
  const reader = document.querySelector(".bar-who > span")?.textContent;
  const KEPT = "typed", KEPT_FOR = 30 * 60 * 1000; // milliseconds; in this tab only
  document.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-guard]");
    if (!form) return;
    const fields = [...new FormData(form)].filter(
      ([name, value]) => typeof value === "string" && !["csrfmiddlewaretoken", "revision", "version"].includes(name),
    );
    sessionStorage.setItem(KEPT, JSON.stringify({ action: form.action, reader, fields, at: Date.now() }));
  });
  const tell = (words, before) => {
    const note = document.createElement("div");
    note.className = "note note-warn";
    note.setAttribute("role", "status");
    note.innerHTML = '<svg class="glyph" aria-hidden="true"><use href="#s-late"></use></svg><div></div>';
    note.lastChild.textContent = words;
    before.before(note);
    note.scrollIntoView({ block: "center" });
  };
  const putBack = (form, fields) => {
    for (const field of form.querySelectorAll("input:is([type=radio], [type=checkbox])")) field.checked = false;
    for (const [name, value] of fields) {
      for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]:not([type=hidden])`)) {
        if (["radio", "checkbox"].includes(field.type)) field.checked ||= field.value === value;
        else field.value = value;
      }
    }
    unsaved = true;
  };
  const kept = JSON.parse(sessionStorage.getItem(KEPT) || "null");
  if (kept && !reader && Date.now() - kept.at < KEPT_FOR) {
    sessionStorage.setItem(KEPT, JSON.stringify({ ...kept, lost: true }));
    const form = document.querySelector("main form, main .note");
    if (form) tell(here.dataset.kept, form.closest(".sheet") || form);
  } else if (kept?.lost && kept.reader === reader && Date.now() - kept.at < KEPT_FOR) {
    const form = [...document.querySelectorAll("form[data-guard]")].find((one) => one.action === kept.action);
    if (form) {
      sessionStorage.removeItem(KEPT);
      putBack(form, kept.fields);
      tell(here.dataset.restored, form);
    }
  } else sessionStorage.removeItem(KEPT);

  wake(document);

  /* What was done is said where the page opens, not above it, out of sight on a phone. */
  const said = document.querySelector('.main > [role="status"]');
  const opened = said && location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  if (opened && !opened.closest("table")) {
    opened.before(said);
    said.scrollIntoView();
  }
  document.addEventListener("htmx:load", (event) => {
    if (event.detail.elt !== document.body) wake(event.detail.elt);
  });
})();

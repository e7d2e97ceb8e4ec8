"""Names and sentences of the demonstration; all people are invented."""

FAMILIES = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô", "Dương", "Đinh",
    "Lý", "Tạ", "Phan", "Lưu", "Mai", "Khuất", "Chu", "Cao",
)  # fmt: skip
WOMEN = (
    "Thị Ánh", "Thu Hà", "Mai Phương", "Thị Hường", "Ánh Tuyết", "Bích Ngọc", "Kim Oanh",
    "Hồng Nhung", "Thị Diệp", "Lan Anh", "Thanh Thủy", "Thùy Linh", "Thị Yến", "Minh Châu",
    "Ngọc Diệp", "Thị Đào", "Khánh Vân", "Thị Ngân",
)  # fmt: skip
MEN = (
    "Văn An", "Quốc Bảo", "Hữu Chiến", "Khánh Duy", "Đức Long", "Anh Tuấn", "Thanh Tùng",
    "Hoàng Nam", "Gia Khánh", "Văn Dũng", "Thành Đạt", "Minh Hiếu", "Quang Huy", "Đình Phúc",
    "Xuân Sơn", "Mạnh Cường", "Công Vinh", "Ngọc Anh",
)  # fmt: skip

DEPARTMENTS = (
    # code, name, short name, kind, weight
    ("VP", "Văn phòng", "VP", "office", 12),
    ("TCKT", "Ban Tổ chức - Kiểm tra", "TCKT", "department", 9),
    ("TG", "Ban Tuyên giáo", "TG", "department", 10),
    ("TNTH", "Ban Thanh niên Trường học", "TNTH", "department", 12),
    ("CNDT", "Ban Thanh niên Công nhân và Đô thị", "CN-ĐT", "department", 11),
    ("TNNT", "Ban Thanh niên Nông thôn", "TNNT", "department", 10),
    ("DKTH", "Ban Đoàn kết tập hợp thanh niên", "ĐKTH", "department", 11),
    ("TTN", "Ban Thanh thiếu nhi", "TTN", "department", 11),
)

AFFILIATED = (
    "Đoàn Trường Đại học Sông Hồng", "Đoàn Trường Đại học Kỹ thuật Tây Hồ",
    "Đoàn Trường Đại học Sư phạm Cổ Loa", "Đoàn Học viện Quản lý Thăng Long",
    "Đoàn Trường Cao đẳng Nghề Hoa Sen", "Đoàn Trường Cao đẳng Y Lạc Việt",
    "Đoàn Trường Cao đẳng Du lịch Tràng An", "Đoàn Khối Doanh nghiệp Thủ đô mới",
    "Đoàn Khối Các cơ quan phía Tây", "Đoàn Tổng công ty Xây lắp Đại La",
    "Đoàn Tổng công ty Vận tải Bình Minh", "Đoàn Tổng công ty May Kim Ngưu",
    "Đoàn Tổng công ty Nước sạch Nhị Hà", "Đoàn Tổng công ty Cơ điện Long Thành",
    "Đoàn Công ty Môi trường Xanh Việt", "Đoàn Công ty Công viên Hồ Bạc",
    "Đoàn Bệnh viện Hồng Phúc", "Đoàn Bệnh viện Nhân Ái", "Đoàn Sở Khoa học Ứng dụng",
    "Đoàn Khu công nghiệp Bắc Sông",
)  # fmt: skip

CONTENTS = {
    "thematic": (
        "Khảo sát nhu cầu vay vốn của thanh niên phát triển kinh tế",
        "Khảo sát việc làm và tổ chức đoàn tại các làng nghề",
        "Nghiên cứu mô hình tập hợp thanh niên khu nhà trọ công nhân",
        "Nắm tình hình tư tưởng đoàn viên sau sắp xếp đơn vị",
    ),
    "joint_activity": (
        "Phối hợp tổ chức ngày hội thanh niên khởi nghiệp của đơn vị đăng cai",
        "Phối hợp tổ chức chương trình tình nguyện mùa hè tại cơ sở",
        "Phối hợp tổ chức hội thi cán bộ đoàn giỏi cấp cơ sở",
    ),
    "inspection": (
        "Kiểm tra công tác đoàn vụ và công tác đoàn viên theo chương trình năm",
        "Kiểm tra việc thu nộp đoàn phí và quản lý hồ sơ đoàn viên",
        "Giám sát việc thực hiện chủ trương 1+2 tại đơn vị",
    ),
    "congress_guidance": (
        "Hướng dẫn chuẩn bị đại hội điểm cấp cơ sở, duyệt văn kiện",
        "Hướng dẫn công tác nhân sự đại hội Hội LHTN Việt Nam cấp cơ sở",
    ),
    "session_attendance": (
        "Dự sinh hoạt chi đoàn chủ đề khởi nghiệp nông nghiệp",
        "Dự hội nghị Ban Chấp hành mở rộng, chuyên đề xây dựng chi đoàn mạnh",
        "Dự sinh hoạt chi đoàn khu dân cư, góp ý nội dung sinh hoạt",
    ),
    "working_session": (
        "Làm việc với Ban Thường vụ về mô hình hợp tác xã thanh niên",
        "Tập huấn nghiệp vụ cho bí thư chi đoàn, triển khai nghị quyết",
        "Làm việc về tiến độ công trình thanh niên và công tác cán bộ",
    ),
}
KIND_WEIGHTS = {
    "thematic": 3,
    "joint_activity": 3,
    "inspection": 3,
    "congress_guidance": 2,
    "session_attendance": 4,
    "working_session": 5,
}
EXPECTED = {
    "thematic": "Báo cáo chuyên đề, 120 phiếu khảo sát",
    "inspection": "Biên bản kiểm tra, thông báo kết quả",
}
RESULT = "Đã hoàn thành nội dung theo kế hoạch; đơn vị tiếp thu, thống nhất hướng khắc phục."
ATTENDED = "Dự lễ phát động tháng thanh niên"
ROLE_ATTENDED = "Đại biểu được mời, không tham gia tổ chức"
AD_HOC = "Làm việc với Ban Thường vụ về việc kiện toàn nhân sự sau khi bí thư chuyển công tác"
AD_HOC_REASON = "Đơn vị vừa có văn bản đề nghị, chưa thể đưa vào kế hoạch quý."
AD_HOC_REPORT = "Việc cấp thiết; ban đã bố trí người thay công việc tại cơ quan."
PRESENT = "Toàn thể cán bộ của ban"
CONCLUSIONS = "Thống nhất kế hoạch; ưu tiên các đơn vị lâu chưa có cán bộ đến."

TOUR = "Cả đoàn làm việc với Ban Thường vụ về triển khai nghị quyết và nắm tình hình ba chi đoàn"

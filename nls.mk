# Messages of C code and, by way of po/sql_messages.awk, of SQL (docs/architecture.md)
CATALOG_NAME     = ce_hours
AVAIL_LANGUAGES  = $(shell cat po/LINGUAS)
GETTEXT_FILES    = $(sort $(wildcard src/*.c src/*/*.c)) po/sql_messages.c
GETTEXT_TRIGGERS = $(BACKEND_COMMON_GETTEXT_TRIGGERS) GUC_check_errmsg GUC_check_errdetail GUC_check_errhint ce_text
GETTEXT_FLAGS    = $(BACKEND_COMMON_GETTEXT_FLAGS) GUC_check_errmsg:1:c-format GUC_check_errdetail:1:c-format GUC_check_errhint:1:c-format ce_text:1:pass-c-format

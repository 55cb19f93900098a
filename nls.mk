# Messages of C code and, by way of po/sql_messages.awk, of SQL (docs/architecture.md)
CATALOG_NAME     = ce_hours
AVAIL_LANGUAGES  = $(shell cat po/LINGUAS)
GETTEXT_FILES    = $(sort $(wildcard src/*.c)) po/sql_messages.c
GETTEXT_TRIGGERS = $(BACKEND_COMMON_GETTEXT_TRIGGERS) ce_text
GETTEXT_FLAGS    = $(BACKEND_COMMON_GETTEXT_FLAGS) ce_text:1:pass-c-format

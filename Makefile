EXTENSION    = ce_hours
EXTVERSION   = $(shell sed -n "s/^default_version *= *'\(.*\)'/\1/p" $(EXTENSION).control)
MODULE_big   = $(EXTENSION)
# The rooms from the ground floor up: each includes only headers of its own floor and of those before it.
OBJS         = src/module.o \
	$(addprefix src/messages/, message.o) \
	$(addprefix src/types/, credit.o credit_ops.o hours.o level.o qr.o) \
	$(addprefix src/store/, cache.o columns.o day.o day_text.o edition.o field_text.o labels.o language.o ledger.o owner.o placement.o rows.o rows_sql.o script.o \
		snapshot.o sql.o trigger_row.o turn.o whole.o words.o) \
	$(addprefix src/law/, assess.o bans.o cases.o categories.o cite.o convert.o law.o law_query.o law_rows.o windows.o) \
	$(addprefix src/who/, member.o org.o plan_bodies.o policies.o) \
	$(addprefix src/record/, conversion.o credits.o live_from.o person_rows.o specialties.o) \
	$(addprefix src/ask/, achievements.o allocation_plan.o archive.o attested.o carry.o carry_sources.o conditions.o eligibility.o explain.o minima.o need_words.o person_years.o \
		remedies.o roster.o roster_group.o roster_judge.o roster_sum.o standing.o surplus.o totals.o waived.o whatif.o) \
	$(addprefix src/write/, achievement_trigger.o activity_duty.o activity_facts.o activity_review.o activity_steps.o \
		activity_trigger.o allocation_trigger.o application_trigger.o converted.o decision.o duty.o guards.o law_rule.o law_tree.o law_trigger.o law_values.o \
		live_from_trigger.o log_place.o person_history.o person_scheme.o person_trigger.o plan_trigger.o posting.o queue.o rebuild.o sanction_trigger.o \
		steps.o title_log.o values_trigger.o waiver_trigger.o) \
	$(addprefix src/feed/, import.o import_batch.o import_columns.o import_compare.o import_facts.o import_item.o import_load.o import_lookup.o \
		import_person.o import_record.o import_spelling.o import_sql.o import_statement.o import_value.o import_waiver.o \
		import_write.o import_xapi.o \
		link.o link_columns.o link_load.o link_rows.o link_take.o person.o person_query.o person_records.o title.o)
PGFILEDESC   = "ce_hours - continuing-education hours"

# The install script is made of parts, in this order; "--include FILE" lines in
# them pull in other files: the ledger's DDL, which stays plain SQL.  The script
# that updates the last release pulls in the parts again, which replace its functions.
INSTALL_SQL  = sql/$(EXTENSION)--$(EXTVERSION).sql
SQL_PARTS    = $(addprefix sql/types/, guard.sql hours.sql credit.sql level.sql equality.sql lists.sql) \
	$(addprefix sql/functions/, triggers.sql language.sql messages.sql organisations.sql questions.sql reasons.sql steps.sql \
		allocation.sql import.sql members.sql link.sql export.sql) \
	$(addprefix sql/pages/, labels.sql html.sql certificate_code.sql certificate.sql check.sql report.sql) \
	$(addprefix sql/functions/, person_no.sql checks.sql ledger_scripts.sql comments.sql distribute.sql remove.sql setup.sql)
LEDGER_SQL   = $(wildcard sql/ledger/*.sql sql/ledger/update/*.sql sql/law/*.sql)
# Frozen when a version is released, together with its install script: the update
# script to it, copied from the build to sql/, and its migrations in
# sql/ledger/update/ (test/t/035_frozen.pl keeps them byte for byte).
UPDATE_PARTS = $(wildcard sql/update/*.sql)
UPDATE_SQL   = $(patsubst sql/update/%,sql/$(EXTENSION)--%,$(UPDATE_PARTS))
DATA         = $(filter-out $(INSTALL_SQL) $(UPDATE_SQL),$(sort $(wildcard sql/$(EXTENSION)--*.sql)))
DATA_built   = $(INSTALL_SQL) $(UPDATE_SQL)
EXTRA_CLEAN  = output_iso results po/sql_messages.c po/zh_CN.h

REGRESS        = $(shell sed 's/\#.*//' test/regress_schedule)
REGRESS_OPTS   = --inputdir=test --load-extension=$(EXTENSION)
ISOLATION      = $(patsubst test/specs/%.spec,%,$(sort $(wildcard test/specs/*.spec)))
ISOLATION_OPTS = --inputdir=test --outputdir=. --load-extension=$(EXTENSION)

# QR codes of certificates: libqrencode-dev
SHLIB_LINK   = -lqrencode

PG_CPPFLAGS  = -I$(srcdir)/src -Ipo -DCE_HOURS_VERSION='"$(EXTVERSION)"'
PG_CFLAGS   += $(if $(WERROR),-Wall -Wextra -Werror -Wno-unused-parameter -Wno-sign-compare)

PG_CONFIG   ?= pg_config
PGXS        := $(shell $(PG_CONFIG) --pgxs)
include $(PGXS)

ifneq ($(filter 9.% 10 11 12 13 14,$(MAJORVERSION)),)
$(error $(EXTENSION) needs PostgreSQL 15 or later)
endif

$(OBJS): $(wildcard src/*.h src/*/*.h)

$(INSTALL_SQL): $(SQL_PARTS)
$(UPDATE_SQL): sql/$(EXTENSION)--%: sql/update/%
$(INSTALL_SQL) $(UPDATE_SQL): sql/assemble.awk $(SQL_PARTS) sql/types/credit_of_numbers.sql $(LEDGER_SQL) $(EXTENSION).control
	awk -f sql/assemble.awk $(if $(filter $@,$(INSTALL_SQL)),$(SQL_PARTS),$(patsubst sql/$(EXTENSION)--%,sql/update/%,$@)) > $@.tmp
	mv $@.tmp $@

# Catalogues name the files of a message, without lines, so that they change with messages only.
ifdef XGETTEXT
XGETTEXT    += --package-name=$(EXTENSION) --package-version= --copyright-holder= --msgid-bugs-address=$(EXTENSION)
MSGMERGE    += --add-location=file
endif

po/sql_messages.c: po/sql_messages.awk $(SQL_PARTS) $(LEDGER_SQL)
	awk -f $^ > $@

# The Chinese catalogue as part of the module, for the setting ce_hours.language
po/zh_CN.h: po/catalogue.awk po/zh_CN.po
	awk -f $^ > $@.tmp
	mv $@.tmp $@
src/messages/message.o src/messages/message.bc: po/zh_CN.h

# Messages that have no translation yet, in the form of the .po files
.PHONY: untranslated
untranslated: po/ce_hours.pot
	@for po in po/*.po; do msgmerge -q -N -o - $$po $< | msgattrib --untranslated --no-obsolete --no-wrap; done

PG_PROVE    ?= pg_prove
TAPDB        = $(EXTENSION)_pgtap

.PHONY: installcheck-pgtap
installcheck-pgtap:
	$(bindir)/psql -Xq -v ON_ERROR_STOP=1 -d postgres -c 'DROP DATABASE IF EXISTS $(TAPDB)' -c 'CREATE DATABASE $(TAPDB)'
	$(bindir)/psql -Xq -v ON_ERROR_STOP=1 -d $(TAPDB) -c 'CREATE EXTENSION pgtap' -c 'CREATE EXTENSION $(EXTENSION)' -c 'SELECT ce_setup()' -o /dev/null
	$(PG_PROVE) --dbname $(TAPDB) test/pgtap/*.sql
installcheck: installcheck-pgtap

# Archives of what is committed, in build/: for PGXN, and a Debian package of
# every server that postgresql-server-dev-all knows here.
.PHONY: dist deb
dist:
	mkdir -p build
	git archive --format=zip --prefix=$(EXTENSION)-$(EXTVERSION)/ --output=build/$(EXTENSION)-$(EXTVERSION).zip HEAD
deb:
	rm -rf build/deb
	mkdir -p build/deb
	git archive --prefix=$(EXTENSION)-$(EXTVERSION)/ HEAD | tar -C build/deb -xf -
	cd build/deb/$(EXTENSION)-$(EXTVERSION) && pg_buildext updatecontrol && dpkg-buildpackage --build=binary --no-sign

# make bench PERSONS=2000 ROUNDS=3; see bench/README.md
.PHONY: bench bench-growth
bench:
	@bench/run.sh
bench-growth:
	@bench/growth.sh

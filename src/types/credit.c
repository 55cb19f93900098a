/*-------------------------------------------------------------------------
 *
 * credit.c
 *	  The type ce_credit: hours by category and counts of deeming grants.
 *
 * A stored credit is a uint32 mask followed by the values that are not zero,
 * in the order of the mask's bits: the hundredths of hours of each category,
 * then the counts of grants; all as int32, or all as int64 if one of them
 * needs it.  Equal credits have equal bytes, so they can be compared and
 * hashed.  The binary protocol has the same form in network byte order.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "libpq/pqformat.h"
#include "nodes/nodes.h"
#include "parser/scansup.h"
#include "port/pg_bitutils.h"

#include "types/credit.h"
#include "compat.h"

/* The fields of a credit: its categories, then the two counts. */
#define FIELD_DEEMS_PUBLIC CE_CATEGORIES
#define FIELD_DEEMS_PROFESSIONAL (CE_CATEGORIES + 1)
#define CREDIT_FIELDS (CE_CATEGORIES + 2)

/* Categories are marked for translation, since ce_archive shows them. */
static const char *const field_names[] = {
	gettext_noop("public"), gettext_noop("online"), "national_online",
	gettext_noop("training"), gettext_noop("study"), gettext_noop("mentoring"),
	gettext_noop("special"), gettext_noop("recorded"),
	gettext_noop("innovation"), "carried_public", "carried_professional",
	"reduced_public", "reduced_professional", "reduced_total", "waived",
	"own_1", "own_2", "own_3", "own_4", "own_5", "own_6", "own_7",
	"own_8", "own_9", "own_10", "own_11", "own_12", "own_13", "own_14",
	"deems_public", "deems_professional"
};

/* Bits of the mask: one for each field, and one for the width. */
#define MASK_WIDE ((uint32) 1 << 31)
#define FIELD_BIT(field) ((uint32) 1 << (field))

StaticAssertDecl(lengthof(field_names) == CREDIT_FIELDS, "a field lacks a name");
StaticAssertDecl(CREDIT_FIELDS == 31, "the counts have the bits before that of the width");

#define PG_GETARG_CE_CREDIT(n) DatumGetCeCreditPackedPP(PG_GETARG_DATUM(n))

const char *
ce_category_name(CeCategory category)
{
	return field_names[category];
}

static int
field_by_name(const char *name, int len)
{
	for (int field = 0; field < CREDIT_FIELDS; field++)
		if (strlen(field_names[field]) == len &&
			memcmp(field_names[field], name, len) == 0)
			return field;
	return -1;
}

int
ce_find_credit_category(const char *name, int len)
{
	int			field = field_by_name(name, len);

	return field < CE_CATEGORIES ? field : -1;
}

static int64
get_field(const CeCredit *credit, int field)
{
	if (field < CE_CATEGORIES)
		return credit->category[field];
	return field == FIELD_DEEMS_PUBLIC ? credit->deems_public : credit->deems_professional;
}

/* False: too large for a count. */
static bool
set_field(CeCredit *credit, int field, int64 value)
{
	if (field < CE_CATEGORIES)
		ce_credit_set(credit, field, value);
	else if (value != (int32) value)
		return false;
	else if (field == FIELD_DEEMS_PUBLIC)
		credit->deems_public = (int32) value;
	else
		credit->deems_professional = (int32) value;
	return true;
}

/*
 * Arithmetic
 */

void
ce_credit_zero(CeCredit *credit)
{
	memset(credit, 0, sizeof(CeCredit));
}

static void
set_count(CeCredit *credit, int field, int64 count)
{
	if (unlikely(!set_field(credit, field, count)))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("count of deeming grants out of range")));
}

void
ce_credit_add(CeCredit *sum, const CeCredit *term)
{
	for (uint32 left = term->used; left != 0; left &= left - 1)
	{
		int			category = pg_rightmost_one_pos32(left);

		ce_credit_set(sum, category,
					  ce_hours_add(sum->category[category], term->category[category]));
	}
	for (int field = FIELD_DEEMS_PUBLIC; field < CREDIT_FIELDS; field++)
		set_count(sum, field, get_field(sum, field) + get_field(term, field));
}

void
ce_credit_subtract(CeCredit *sum, const CeCredit *term)
{
	for (uint32 left = term->used; left != 0; left &= left - 1)
	{
		int			category = pg_rightmost_one_pos32(left);

		ce_credit_set(sum, category,
					  ce_hours_subtract(sum->category[category], term->category[category]));
	}
	for (int field = FIELD_DEEMS_PUBLIC; field < CREDIT_FIELDS; field++)
		set_count(sum, field, get_field(sum, field) - get_field(term, field));
}

/*
 * Stored and binary form
 */

static uint32
credit_mask(const CeCredit *credit)
{
	uint32		mask = 0;

	for (int field = 0; field < CREDIT_FIELDS; field++)
	{
		int64		value = get_field(credit, field);

		if (value != 0)
			mask |= FIELD_BIT(field);
		if (value != (int32) value)
			mask |= MASK_WIDE;
	}
	return mask;
}

/* Size of the values that follow a mask. */
static Size
fields_size(uint32 mask)
{
	return pg_popcount32(mask & ~MASK_WIDE) *
		((mask & MASK_WIDE) ? sizeof(int64) : sizeof(int32));
}

void
ce_credit_clear(CeCredit *credit)
{
	for (uint32 left = credit->used; left != 0; left &= left - 1)
		credit->category[pg_rightmost_one_pos32(left)] = 0;
	credit->used = 0;
	credit->deems_public = credit->deems_professional = 0;
}

void
ce_credit_unpack(const CeCreditPacked *packed, CeCredit *credit)
{
	ce_credit_zero(credit);
	ce_credit_fill(packed, credit);
}

void
ce_credit_fill(const CeCreditPacked *packed, CeCredit *credit)
{
	const char *data = VARDATA_ANY(packed);
	Size		size = VARSIZE_ANY_EXHDR(packed);
	uint32		mask = 0;
	int32		narrow;
	int64		value;

	if (size >= sizeof(mask))
		memcpy(&mask, data, sizeof(mask));
	if (size != sizeof(mask) + fields_size(mask))
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg("invalid stored value of type %s", "ce_credit"),
				 errhint("It may have been written by a later version of the extension.")));

	credit->used = mask & (FIELD_BIT(CE_CATEGORIES) - 1);
	data += sizeof(mask);
	for (uint32 left = mask & ~MASK_WIDE; left != 0; left &= left - 1)
	{
		int			field = pg_rightmost_one_pos32(left);

		if (mask & MASK_WIDE)
		{
			memcpy(&value, data, sizeof(value));
			data += sizeof(value);
		}
		else
		{
			memcpy(&narrow, data, sizeof(narrow));
			data += sizeof(narrow);
			value = narrow;
		}
		if (likely(field < CE_CATEGORIES))
			credit->category[field] = value;
		else
			set_field(credit, field, value);
	}
}

CeCreditPacked *
ce_credit_pack(const CeCredit *credit)
{
	uint32		mask = credit_mask(credit);
	Size		size = VARHDRSZ + sizeof(mask) + fields_size(mask);
	CeCreditPacked *packed = palloc(size);
	char	   *data = VARDATA(packed);

	SET_VARSIZE(packed, size);
	memcpy(data, &mask, sizeof(mask));
	data += sizeof(mask);
	for (int field = 0; field < CREDIT_FIELDS; field++)
	{
		int64		value = get_field(credit, field);
		int32		narrow = (int32) value;
		Size		width = (mask & MASK_WIDE) ? sizeof(value) : sizeof(narrow);

		if (value == 0)
			continue;
		memcpy(data, (mask & MASK_WIDE) ? (void *) &value : (void *) &narrow, width);
		data += width;
	}
	return packed;
}

static void
send_credit(StringInfo buf, const CeCredit *credit)
{
	uint32		mask = credit_mask(credit);

	pq_sendint32(buf, mask);
	for (int field = 0; field < CREDIT_FIELDS; field++)
	{
		if ((mask & FIELD_BIT(field)) == 0)
			continue;
		if (mask & MASK_WIDE)
			pq_sendint64(buf, get_field(credit, field));
		else
			pq_sendint32(buf, (int32) get_field(credit, field));
	}
}

/* Reads the rest of the message and validates all of it. */
static void
receive_credit(StringInfo buf, CeCredit *credit)
{
	uint32		mask = 0;
	bool		valid = buf->len - buf->cursor >= sizeof(mask);

	ce_credit_zero(credit);
	if (valid)
	{
		mask = pq_getmsgint(buf, sizeof(mask));
		valid = buf->len - buf->cursor == fields_size(mask);
	}
	for (int field = 0; valid && field < CREDIT_FIELDS; field++)
		if (mask & FIELD_BIT(field))
			valid = set_field(credit, field, (mask & MASK_WIDE) ?
							  pq_getmsgint64(buf) : (int32) pq_getmsgint(buf, 4));

	/* A stored zero or a needless width would change the mask */
	if (!valid || credit_mask(credit) != mask)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("invalid binary representation of type %s", "ce_credit")));
}

/* ce_credit_recv(internal) */
PG_FUNCTION_INFO_V1(ce_credit_recv);
Datum
ce_credit_recv(PG_FUNCTION_ARGS)
{
	CeCredit	credit;

	receive_credit((StringInfo) PG_GETARG_POINTER(0), &credit);
	PG_RETURN_POINTER(ce_credit_pack(&credit));
}

/* ce_credit_send(ce_credit) */
PG_FUNCTION_INFO_V1(ce_credit_send);
Datum
ce_credit_send(PG_FUNCTION_ARGS)
{
	CeCredit	credit;
	StringInfoData buf;

	ce_credit_unpack(PG_GETARG_CE_CREDIT(0), &credit);
	pq_begintypsend(&buf);
	send_credit(&buf, &credit);
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/*
 * Text form
 */

static const char *
skip_space(const char *p)
{
	while (scanner_isspace(*p))
		p++;
	return p;
}

/* The names of all fields, for a hint. */
static char *
list_names(void)
{
	StringInfoData buf;

	initStringInfo(&buf);
	for (int field = 0; field < CREDIT_FIELDS; field++)
		appendStringInfo(&buf, "%s%s", field > 0 ? ", " : "", field_names[field]);
	return buf.data;
}

static char *
copy_trimmed(const char *str, int len)
{
	const char *start = skip_space(str);

	len -= start - str;
	while (len > 0 && scanner_isspace(start[len - 1]))
		len--;
	return pnstrdup(start, Max(len, 0));
}

static bool
syntax_error(const char *str, Node *escontext)
{
	ereturn(escontext, false,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("invalid input syntax for type %s: \"%s\"", "ce_credit", str),
			 errdetail("A credit is written as {category:hours,...}, such as {public:45,online:60}.")));
}

/* Set a field from its text. */
static bool
parse_field(CeCredit *credit, int field, const char *str, Node *escontext)
{
	CeHours		value = 0;
	const char *problem;
	bool		valid = ce_hours_from_text(str, strlen(str), &value, &problem);
	bool		too_large = (problem == ce_hours_too_large);

	if (field >= CE_CATEGORIES)
	{
		/* A count is written as a whole number */
		problem = gettext_noop("A count of grants is a whole number from -2147483648 to 2147483647.");
		valid = valid && strchr(str, '.') == NULL;
		value /= CE_HOURS_SCALE;
	}
	if (valid)
	{
		if (set_field(credit, field, value))
			return true;
		too_large = true;
	}
	ereturn(escontext, false,
			(errcode(too_large ? ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE :
					 ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("invalid value of \"%s\" for type %s: \"%s\"",
					field_names[field], "ce_credit", str),
			 errdetail_internal("%s", _(problem))));
}

/* Read "name:value,...}"; sets *end after the brace. */
static bool
parse_fields(const char *str, const char *p, const char **end,
			 CeCredit *credit, Node *escontext)
{
	uint32		seen = 0;

	for (;;)
	{
		int			name_len = strcspn(p, ":,{}");
		char	   *name = copy_trimmed(p, name_len);
		const char *value = p + name_len + 1;
		int			value_len;
		int			field;

		if (p[name_len] != ':' || *name == '\0')
			return syntax_error(str, escontext);
		value_len = strcspn(value, ":,{}");
		if (value[value_len] != ',' && value[value_len] != '}')
			return syntax_error(str, escontext);

		field = field_by_name(name, strlen(name));
		if (field < 0)
			ereturn(escontext, false,
					(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
					 errmsg("unknown category \"%s\" in value of type %s",
							name, "ce_credit"),
					 errhint("The names are %s.", list_names())));
		if (seen & ((uint32) 1 << field))
			ereturn(escontext, false,
					(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
					 errmsg("category \"%s\" occurs more than once in value of type %s",
							name, "ce_credit")));
		seen |= (uint32) 1 << field;
		if (!parse_field(credit, field, copy_trimmed(value, value_len), escontext))
			return false;

		p = value + value_len + 1;
		if (p[-1] == '}')
		{
			*end = p;
			return true;
		}
	}
}

/* ce_credit_in(cstring) */
PG_FUNCTION_INFO_V1(ce_credit_in);
Datum
ce_credit_in(PG_FUNCTION_ARGS)
{
	const char *str = PG_GETARG_CSTRING(0);
	Node	   *escontext = (Node *) fcinfo->context;
	const char *p = skip_space(str);
	CeCredit	credit;
	bool		valid = (*p == '{');

	ce_credit_zero(&credit);
	if (valid)
	{
		p = skip_space(p + 1);
		if (*p == '}')
			p++;
		else if (!parse_fields(str, p, &p, &credit, escontext))
			PG_RETURN_NULL();
		valid = (*skip_space(p) == '\0');
	}
	if (!valid)
	{
		syntax_error(str, escontext);
		PG_RETURN_NULL();
	}
	PG_RETURN_POINTER(ce_credit_pack(&credit));
}

/* ce_credit_out(ce_credit): in the order of the fields, without zeros */
PG_FUNCTION_INFO_V1(ce_credit_out);
Datum
ce_credit_out(PG_FUNCTION_ARGS)
{
	CeCredit	credit;
	StringInfoData buf;
	char		number[CE_HOURS_TEXT_SIZE];

	ce_credit_unpack(PG_GETARG_CE_CREDIT(0), &credit);
	initStringInfo(&buf);
	appendStringInfoChar(&buf, '{');
	for (int field = 0; field < CREDIT_FIELDS; field++)
	{
		int64		value = get_field(&credit, field);

		if (value == 0)
			continue;
		if (field >= CE_CATEGORIES)
			value = CeHoursFromInt(value);
		appendStringInfo(&buf, "%s%s:%s", buf.len > 1 ? "," : "",
						 field_names[field], ce_hours_to_text(value, number));
	}
	appendStringInfoChar(&buf, '}');
	PG_RETURN_CSTRING(buf.data);
}

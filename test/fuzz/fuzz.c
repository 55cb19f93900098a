/*-------------------------------------------------------------------------
 *
 * fuzz.c
 *	  libFuzzer inside a single-user backend: every input function of the
 *	  types, text and binary, at bytes that it makes up.
 *
 * Linked into a ce_hours.so of its own by run.sh, never into the real one.  An
 * input is taken or refused with an SQLSTATE of a user's mistake; what is
 * taken comes back equal from its text and its binary form.  Memory is
 * counted and must not grow.
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/namespace.h"
#include "fmgr.h"
#include "lib/stringinfo.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/typcache.h"

typedef struct Target
{
	const char *name;
	Oid			type;
	Oid			ioparam;
	FmgrInfo	in;
	FmgrInfo	out;
	FmgrInfo	recv;
	FmgrInfo	send;
	TypeCacheEntry *cache;
} Target;

static Target targets[] = {{"ce_hours"}, {"ce_credit"}, {"ce_level"}};

#define CHECK_EVERY 100000
#define MAY_GROW (64 * 1024)

static MemoryContext input_context;
static uint64 ninputs;
static uint64 ntaken;
static Size memory_at_first;

extern int	LLVMFuzzerRunDriver(int *argc, char ***argv,
								int (*callback) (const uint8_t *data, size_t size));

static void
look_up(Target *t)
{
	Oid			function;
	bool		varlena;

	t->type = TypenameGetTypid(t->name);
	if (!OidIsValid(t->type))
		elog(ERROR, "type %s is not there", t->name);
	getTypeInputInfo(t->type, &function, &t->ioparam);
	fmgr_info_cxt(function, &t->in, TopMemoryContext);
	getTypeOutputInfo(t->type, &function, &varlena);
	fmgr_info_cxt(function, &t->out, TopMemoryContext);
	getTypeBinaryInputInfo(t->type, &function, &t->ioparam);
	fmgr_info_cxt(function, &t->recv, TopMemoryContext);
	getTypeBinaryOutputInfo(t->type, &function, &varlena);
	fmgr_info_cxt(function, &t->send, TopMemoryContext);
	t->cache = lookup_type_cache(t->type, TYPECACHE_EQ_OPR_FINFO);
}

static void
must_equal(Target *t, Datum a, Datum b, const char *way)
{
	if (DatumGetBool(FunctionCall2(&t->cache->eq_opr_finfo, a, b)))
		return;
	fprintf(stderr, "%s: %s came back by its %s form as %s\n", t->name,
			OutputFunctionCall(&t->out, a), way, OutputFunctionCall(&t->out, b));
	abort();
}

static Datum
receive(Target *t, const char *bytes, int len)
{
	StringInfoData buf;
	Datum		value;

	initStringInfo(&buf);
	appendBinaryStringInfo(&buf, bytes, len);
	value = ReceiveFunctionCall(&t->recv, &buf, t->ioparam, -1);
	if (buf.cursor != buf.len)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
				 errmsg("bytes are left over")));
	return value;
}

/* The first byte says which type and form, the rest is the input. */
static void
take(const uint8_t *data, size_t size)
{
	Target	   *t = &targets[data[0] % lengthof(targets)];
	char	   *text = palloc(size);
	Datum		value;
	bytea	   *sent;

	memcpy(text, data + 1, size - 1);
	text[size - 1] = '\0';
	if ((data[0] / lengthof(targets)) % 2 == 0)
		value = InputFunctionCall(&t->in, text, t->ioparam, -1);
	else
		value = receive(t, text, size - 1);
	ntaken++;
	must_equal(t, value, InputFunctionCall(&t->in, OutputFunctionCall(&t->out, value),
										   t->ioparam, -1), "text");
	sent = SendFunctionCall(&t->send, value);
	must_equal(t, value, receive(t, VARDATA(sent), VARSIZE(sent) - VARHDRSZ), "binary");
}

static void
count_memory(void)
{
	Size		now = MemoryContextMemAllocated(TopMemoryContext, true);

	if (memory_at_first == 0)
		memory_at_first = now;
	fprintf(stderr, "%llu inputs, %llu taken, %zu bytes of memory\n",
			(unsigned long long) ninputs, (unsigned long long) ntaken, now);
	if (now > memory_at_first + MAY_GROW)
	{
		fprintf(stderr, "memory grows\n");
		abort();
	}
}

static int
one_input(const uint8_t *data, size_t size)
{
	MemoryContext old_context;

	if (size == 0)
		return 0;
	old_context = MemoryContextSwitchTo(input_context);
	PG_TRY();
	{
		take(data, size);
	}
	PG_CATCH();
	{
		ErrorData  *error;

		MemoryContextSwitchTo(input_context);
		error = CopyErrorData();
		FlushErrorState();
		/* Class 22 is what a user gives wrongly; 08P01 is a message too short. */
		if (ERRCODE_TO_CATEGORY(error->sqlerrcode) != ERRCODE_DATA_EXCEPTION &&
			error->sqlerrcode != ERRCODE_PROTOCOL_VIOLATION)
		{
			fprintf(stderr, "%s: %s\n", unpack_sql_state(error->sqlerrcode), error->message);
			abort();
		}
	}
	PG_END_TRY();
	MemoryContextSwitchTo(old_context);
	MemoryContextReset(input_context);
	if (++ninputs % CHECK_EVERY == 0)
		count_memory();
	return 0;
}

/* ce_fuzz(arguments text): hands over to libFuzzer, which ends the process */
PG_FUNCTION_INFO_V1(ce_fuzz);
Datum
ce_fuzz(PG_FUNCTION_ARGS)
{
	char	   *words[64] = {"ce_fuzz"};
	int			argc = 1;
	char	  **argv = words;
	char	   *save = NULL;

	for (char *word = strtok_r(text_to_cstring(PG_GETARG_TEXT_PP(0)), " ", &save);
		 word != NULL && argc < lengthof(words) - 1; word = strtok_r(NULL, " ", &save))
		words[argc++] = word;
	for (int i = 0; i < lengthof(targets); i++)
		look_up(&targets[i]);
	input_context = AllocSetContextCreate(TopMemoryContext, "fuzz input",
										  ALLOCSET_DEFAULT_SIZES);
	LLVMFuzzerRunDriver(&argc, &argv, one_input);
	PG_RETURN_VOID();
}

--
-- ce_credit: hours by category, and counts of deeming grants
--
-- A value has at most 256 bytes: storage is main, so that it gets a short
-- header but is not compressed or moved out of the row.
--

CREATE TYPE ce_credit;

CREATE FUNCTION ce_credit_in(cstring) RETURNS ce_credit
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_credit_in';
COMMENT ON FUNCTION ce_credit_in(cstring) IS 'text input';

CREATE FUNCTION ce_credit_out(ce_credit) RETURNS cstring
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_credit_out';
COMMENT ON FUNCTION ce_credit_out(ce_credit) IS 'text output';

CREATE FUNCTION ce_credit_recv(internal) RETURNS ce_credit
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_credit_recv';
COMMENT ON FUNCTION ce_credit_recv(internal) IS 'binary input';

CREATE FUNCTION ce_credit_send(ce_credit) RETURNS bytea
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_credit_send';
COMMENT ON FUNCTION ce_credit_send(ce_credit) IS 'binary output';

CREATE TYPE ce_credit (
	INPUT = ce_credit_in,
	OUTPUT = ce_credit_out,
	RECEIVE = ce_credit_recv,
	SEND = ce_credit_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = int4,
	STORAGE = main
);
COMMENT ON TYPE ce_credit IS 'hours by category and counts of deeming grants: {public:45,online:60,deems_professional:1}';

--
-- Making a credit, and looking into one
--

CREATE FUNCTION ce__credit(category text, hours ce_hours,
		deems_public boolean DEFAULT false, deems_professional boolean DEFAULT false) RETURNS ce_credit
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_credit_make';
COMMENT ON FUNCTION ce__credit(text, ce_hours, boolean, boolean) IS 'internal: ce_credit() with the hours as ce_hours';

--include types/credit_of_numbers.sql

CREATE FUNCTION ce_credit_hours(credit ce_credit, category text) RETURNS ce_hours
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_credit_hours';
COMMENT ON FUNCTION ce_credit_hours(ce_credit, text) IS 'hours of a category';

CREATE FUNCTION ce_credit_deems_public(credit ce_credit) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_credit_deems_public';
COMMENT ON FUNCTION ce_credit_deems_public(ce_credit) IS 'count of grants that deem the public subject complete';

CREATE FUNCTION ce_credit_deems_professional(credit ce_credit) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_credit_deems_professional';
COMMENT ON FUNCTION ce_credit_deems_professional(ce_credit) IS 'count of grants that deem the professional subject complete';

--
-- Arithmetic
--

CREATE FUNCTION ce_credit_plus(ce_credit, ce_credit) RETURNS ce_credit
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_credit_plus';
COMMENT ON FUNCTION ce_credit_plus(ce_credit, ce_credit) IS 'implementation of + operator';

CREATE FUNCTION ce_credit_minus(ce_credit, ce_credit) RETURNS ce_credit
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_credit_minus';
COMMENT ON FUNCTION ce_credit_minus(ce_credit, ce_credit) IS 'implementation of - operator';

CREATE FUNCTION ce_credit_negate(ce_credit) RETURNS ce_credit
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_credit_negate';
COMMENT ON FUNCTION ce_credit_negate(ce_credit) IS 'implementation of - operator';

CREATE OPERATOR + (
	FUNCTION = ce_credit_plus, LEFTARG = ce_credit, RIGHTARG = ce_credit,
	COMMUTATOR = +
);
COMMENT ON OPERATOR + (ce_credit, ce_credit) IS 'add';

CREATE OPERATOR - (
	FUNCTION = ce_credit_minus, LEFTARG = ce_credit, RIGHTARG = ce_credit
);
COMMENT ON OPERATOR - (ce_credit, ce_credit) IS 'subtract';

CREATE OPERATOR - (
	FUNCTION = ce_credit_negate, RIGHTARG = ce_credit
);
COMMENT ON OPERATOR - (NONE, ce_credit) IS 'negate';

--
-- Comparison
--
-- The order has no meaning beyond being total and the same everywhere: by the
-- hours of each category in turn, then by the counts.  It lets credits be
-- sorted, deduplicated and merged.
--

CREATE FUNCTION ce_credit_eq(ce_credit, ce_credit) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_credit_eq';
COMMENT ON FUNCTION ce_credit_eq(ce_credit, ce_credit) IS 'implementation of = operator';

CREATE FUNCTION ce_credit_ne(ce_credit, ce_credit) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_credit_ne';
COMMENT ON FUNCTION ce_credit_ne(ce_credit, ce_credit) IS 'implementation of <> operator';

CREATE FUNCTION ce_credit_lt(ce_credit, ce_credit) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_credit_lt';
COMMENT ON FUNCTION ce_credit_lt(ce_credit, ce_credit) IS 'implementation of < operator';

CREATE FUNCTION ce_credit_le(ce_credit, ce_credit) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_credit_le';
COMMENT ON FUNCTION ce_credit_le(ce_credit, ce_credit) IS 'implementation of <= operator';

CREATE FUNCTION ce_credit_gt(ce_credit, ce_credit) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_credit_gt';
COMMENT ON FUNCTION ce_credit_gt(ce_credit, ce_credit) IS 'implementation of > operator';

CREATE FUNCTION ce_credit_ge(ce_credit, ce_credit) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_credit_ge';
COMMENT ON FUNCTION ce_credit_ge(ce_credit, ce_credit) IS 'implementation of >= operator';

CREATE OPERATOR = (
	FUNCTION = ce_credit_eq, LEFTARG = ce_credit, RIGHTARG = ce_credit,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);
COMMENT ON OPERATOR = (ce_credit, ce_credit) IS 'equal';

CREATE OPERATOR <> (
	FUNCTION = ce_credit_ne, LEFTARG = ce_credit, RIGHTARG = ce_credit,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (ce_credit, ce_credit) IS 'not equal';

CREATE OPERATOR < (
	FUNCTION = ce_credit_lt, LEFTARG = ce_credit, RIGHTARG = ce_credit,
	COMMUTATOR = >, NEGATOR = >=,
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (ce_credit, ce_credit) IS 'sorts before';

CREATE OPERATOR <= (
	FUNCTION = ce_credit_le, LEFTARG = ce_credit, RIGHTARG = ce_credit,
	COMMUTATOR = >=, NEGATOR = >,
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (ce_credit, ce_credit) IS 'sorts before or equal';

CREATE OPERATOR > (
	FUNCTION = ce_credit_gt, LEFTARG = ce_credit, RIGHTARG = ce_credit,
	COMMUTATOR = <, NEGATOR = <=,
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (ce_credit, ce_credit) IS 'sorts after';

CREATE OPERATOR >= (
	FUNCTION = ce_credit_ge, LEFTARG = ce_credit, RIGHTARG = ce_credit,
	COMMUTATOR = <=, NEGATOR = <,
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (ce_credit, ce_credit) IS 'sorts after or equal';

CREATE FUNCTION ce_credit_cmp(ce_credit, ce_credit) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_credit_cmp';
COMMENT ON FUNCTION ce_credit_cmp(ce_credit, ce_credit) IS 'btree support: less-equal-greater';

CREATE FUNCTION ce_credit_hash(ce_credit) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_credit_hash';
COMMENT ON FUNCTION ce_credit_hash(ce_credit) IS 'hash support';

CREATE FUNCTION ce_credit_hash_extended(ce_credit, bigint) RETURNS bigint
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_credit_hash_extended';
COMMENT ON FUNCTION ce_credit_hash_extended(ce_credit, bigint) IS 'hash support, with a seed';

CREATE OPERATOR CLASS ce_credit_ops DEFAULT FOR TYPE ce_credit USING btree AS
	OPERATOR 1 <,
	OPERATOR 2 <=,
	OPERATOR 3 =,
	OPERATOR 4 >=,
	OPERATOR 5 >,
	FUNCTION 1 ce_credit_cmp(ce_credit, ce_credit),
	FUNCTION 4 pg_catalog.btequalimage(oid);
COMMENT ON OPERATOR CLASS ce_credit_ops USING btree IS 'arbitrary total order of ce_credit, by category in turn';
COMMENT ON OPERATOR FAMILY ce_credit_ops USING btree IS 'arbitrary total order of ce_credit, by category in turn';

CREATE OPERATOR CLASS ce_credit_ops DEFAULT FOR TYPE ce_credit USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 ce_credit_hash(ce_credit),
	FUNCTION 2 ce_credit_hash_extended(ce_credit, bigint);
COMMENT ON OPERATOR CLASS ce_credit_ops USING hash IS 'hashing of ce_credit';
COMMENT ON OPERATOR FAMILY ce_credit_ops USING hash IS 'hashing of ce_credit';

--
-- Aggregate
--

CREATE FUNCTION ce_credit_sum_accum(internal, ce_credit) RETURNS internal
	LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_credit_sum_accum';
COMMENT ON FUNCTION ce_credit_sum_accum(internal, ce_credit) IS 'aggregate transition function of sum(ce_credit)';

CREATE FUNCTION ce_credit_sum_accum_inv(internal, ce_credit) RETURNS internal
	LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_credit_sum_accum_inv';
COMMENT ON FUNCTION ce_credit_sum_accum_inv(internal, ce_credit) IS 'aggregate inverse transition function of sum(ce_credit)';

CREATE FUNCTION ce_credit_sum_combine(internal, internal) RETURNS internal
	LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_credit_sum_combine';
COMMENT ON FUNCTION ce_credit_sum_combine(internal, internal) IS 'aggregate combine function of sum(ce_credit)';

CREATE FUNCTION ce_credit_sum_serialize(internal) RETURNS bytea
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_credit_sum_serialize';
COMMENT ON FUNCTION ce_credit_sum_serialize(internal) IS 'aggregate serialization function of sum(ce_credit)';

CREATE FUNCTION ce_credit_sum_deserialize(bytea, internal) RETURNS internal
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_credit_sum_deserialize';
COMMENT ON FUNCTION ce_credit_sum_deserialize(bytea, internal) IS 'aggregate deserialization function of sum(ce_credit)';

CREATE FUNCTION ce_credit_sum_final(internal) RETURNS ce_credit
	LANGUAGE c IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_credit_sum_final';
COMMENT ON FUNCTION ce_credit_sum_final(internal) IS 'aggregate final function of sum(ce_credit)';

CREATE AGGREGATE sum(ce_credit) (
	SFUNC = ce_credit_sum_accum, STYPE = internal, SSPACE = 128,
	FINALFUNC = ce_credit_sum_final,
	COMBINEFUNC = ce_credit_sum_combine,
	SERIALFUNC = ce_credit_sum_serialize, DESERIALFUNC = ce_credit_sum_deserialize,
	MSFUNC = ce_credit_sum_accum, MINVFUNC = ce_credit_sum_accum_inv,
	MSTYPE = internal, MSSPACE = 128,
	MFINALFUNC = ce_credit_sum_final,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE sum(ce_credit) IS 'sum of credits, category by category';

--
-- ce_level: level of a professional title
--

CREATE TYPE ce_level;

CREATE FUNCTION ce_level_in(cstring) RETURNS ce_level
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_level_in';
COMMENT ON FUNCTION ce_level_in(cstring) IS 'text input';

CREATE FUNCTION ce_level_out(ce_level) RETURNS cstring
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_level_out';
COMMENT ON FUNCTION ce_level_out(ce_level) IS 'text output';

CREATE FUNCTION ce_level_recv(internal) RETURNS ce_level
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_level_recv';
COMMENT ON FUNCTION ce_level_recv(internal) IS 'binary input';

CREATE FUNCTION ce_level_send(ce_level) RETURNS bytea
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_level_send';
COMMENT ON FUNCTION ce_level_send(ce_level) IS 'binary output';

CREATE TYPE ce_level (
	INPUT = ce_level_in,
	OUTPUT = ce_level_out,
	RECEIVE = ce_level_recv,
	SEND = ce_level_send,
	LIKE = pg_catalog.int4,
	CATEGORY = 'U'
);
COMMENT ON TYPE ce_level IS 'level of a professional title: junior < intermediate < senior < full_senior';

--
-- Comparison
--

CREATE FUNCTION ce_level_eq(ce_level, ce_level) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_level_eq';
COMMENT ON FUNCTION ce_level_eq(ce_level, ce_level) IS 'implementation of = operator';

CREATE FUNCTION ce_level_ne(ce_level, ce_level) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_level_ne';
COMMENT ON FUNCTION ce_level_ne(ce_level, ce_level) IS 'implementation of <> operator';

CREATE FUNCTION ce_level_lt(ce_level, ce_level) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_level_lt';
COMMENT ON FUNCTION ce_level_lt(ce_level, ce_level) IS 'implementation of < operator';

CREATE FUNCTION ce_level_le(ce_level, ce_level) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_level_le';
COMMENT ON FUNCTION ce_level_le(ce_level, ce_level) IS 'implementation of <= operator';

CREATE FUNCTION ce_level_gt(ce_level, ce_level) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_level_gt';
COMMENT ON FUNCTION ce_level_gt(ce_level, ce_level) IS 'implementation of > operator';

CREATE FUNCTION ce_level_ge(ce_level, ce_level) RETURNS boolean
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_level_ge';
COMMENT ON FUNCTION ce_level_ge(ce_level, ce_level) IS 'implementation of >= operator';

CREATE OPERATOR = (
	FUNCTION = ce_level_eq, LEFTARG = ce_level, RIGHTARG = ce_level,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);
COMMENT ON OPERATOR = (ce_level, ce_level) IS 'same level';

CREATE OPERATOR <> (
	FUNCTION = ce_level_ne, LEFTARG = ce_level, RIGHTARG = ce_level,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (ce_level, ce_level) IS 'different level';

CREATE OPERATOR < (
	FUNCTION = ce_level_lt, LEFTARG = ce_level, RIGHTARG = ce_level,
	COMMUTATOR = >, NEGATOR = >=,
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (ce_level, ce_level) IS 'lower level';

CREATE OPERATOR <= (
	FUNCTION = ce_level_le, LEFTARG = ce_level, RIGHTARG = ce_level,
	COMMUTATOR = >=, NEGATOR = >,
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (ce_level, ce_level) IS 'lower or equal level';

CREATE OPERATOR > (
	FUNCTION = ce_level_gt, LEFTARG = ce_level, RIGHTARG = ce_level,
	COMMUTATOR = <, NEGATOR = <=,
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (ce_level, ce_level) IS 'higher level';

CREATE OPERATOR >= (
	FUNCTION = ce_level_ge, LEFTARG = ce_level, RIGHTARG = ce_level,
	COMMUTATOR = <=, NEGATOR = <,
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (ce_level, ce_level) IS 'higher or equal level';

CREATE FUNCTION ce_level_cmp(ce_level, ce_level) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_level_cmp';
COMMENT ON FUNCTION ce_level_cmp(ce_level, ce_level) IS 'btree support: less-equal-greater';

CREATE FUNCTION ce_level_sortsupport(internal) RETURNS void
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_level_sortsupport';
COMMENT ON FUNCTION ce_level_sortsupport(internal) IS 'btree support: fast sorting';

CREATE FUNCTION ce_level_hash(ce_level) RETURNS integer
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_level_hash';
COMMENT ON FUNCTION ce_level_hash(ce_level) IS 'hash support';

CREATE FUNCTION ce_level_hash_extended(ce_level, bigint) RETURNS bigint
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_level_hash_extended';
COMMENT ON FUNCTION ce_level_hash_extended(ce_level, bigint) IS 'hash support, with a seed';

CREATE OPERATOR CLASS ce_level_ops DEFAULT FOR TYPE ce_level USING btree AS
	OPERATOR 1 <,
	OPERATOR 2 <=,
	OPERATOR 3 =,
	OPERATOR 4 >=,
	OPERATOR 5 >,
	FUNCTION 1 ce_level_cmp(ce_level, ce_level),
	FUNCTION 2 ce_level_sortsupport(internal),
	FUNCTION 4 pg_catalog.btequalimage(oid);
COMMENT ON OPERATOR CLASS ce_level_ops USING btree IS 'ordering of ce_level, from junior to full_senior';
COMMENT ON OPERATOR FAMILY ce_level_ops USING btree IS 'ordering of ce_level, from junior to full_senior';

CREATE OPERATOR CLASS ce_level_ops DEFAULT FOR TYPE ce_level USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 ce_level_hash(ce_level),
	FUNCTION 2 ce_level_hash_extended(ce_level, bigint);
COMMENT ON OPERATOR CLASS ce_level_ops USING hash IS 'hashing of ce_level';
COMMENT ON OPERATOR FAMILY ce_level_ops USING hash IS 'hashing of ce_level';

--
-- Aggregates
--

CREATE FUNCTION ce_level_larger(ce_level, ce_level) RETURNS ce_level
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_level_larger';
COMMENT ON FUNCTION ce_level_larger(ce_level, ce_level) IS 'higher of two';

CREATE AGGREGATE max(ce_level) (
	SFUNC = ce_level_larger, STYPE = ce_level,
	COMBINEFUNC = ce_level_larger,
	SORTOP = >,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE max(ce_level) IS 'highest of all levels';

CREATE FUNCTION ce_level_smaller(ce_level, ce_level) RETURNS ce_level
	LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'ce_level_smaller';
COMMENT ON FUNCTION ce_level_smaller(ce_level, ce_level) IS 'lower of two';

CREATE AGGREGATE min(ce_level) (
	SFUNC = ce_level_smaller, STYPE = ce_level,
	COMBINEFUNC = ce_level_smaller,
	SORTOP = <,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE min(ce_level) IS 'lowest of all levels';

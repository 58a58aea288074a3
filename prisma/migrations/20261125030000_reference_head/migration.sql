-- CreateTable
CREATE TABLE "reference_head" (
    "id" SMALLINT NOT NULL DEFAULT 1,
    "version" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "reference_head_pkey" PRIMARY KEY ("id")
);

-- From here on by hand: what Prisma's schema language cannot say.

ALTER TABLE "reference_head" ADD CONSTRAINT "reference_head_one_row" CHECK ("id" = 1);
INSERT INTO "reference_head" ("id") VALUES (1);

-- Counts once for a transaction, at its commit: until then nobody waits for the row, and whoever has it
-- waits for nobody. Listeners of the feed are told to look, without a position.
-- The body ends its statements with \073, because the adapter cuts scripts at every semicolon.
CREATE FUNCTION "reference_changed"() RETURNS trigger LANGUAGE plpgsql AS E'
BEGIN
  IF TG_OP = ''UPDATE'' AND NEW IS NOT DISTINCT FROM OLD THEN
    RETURN NULL\073
  END IF\073
  IF current_setting(''doctrine_wire.reference_changed_by'', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
    UPDATE "reference_head" SET "version" = "version" + 1\073
    PERFORM set_config(''doctrine_wire.reference_changed_by'', pg_current_xact_id()::text, true)\073
    PERFORM pg_notify(''doctrine_wire_feed'', ''references'')\073
  END IF\073
  RETURN NULL\073
END
';

CREATE CONSTRAINT TRIGGER "reference_changed" AFTER INSERT OR UPDATE OR DELETE ON "actor"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "reference_changed"();
CREATE CONSTRAINT TRIGGER "reference_changed" AFTER INSERT OR UPDATE OR DELETE ON "actor_name"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "reference_changed"();
CREATE CONSTRAINT TRIGGER "reference_changed" AFTER INSERT OR UPDATE OR DELETE ON "doctrine"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "reference_changed"();
CREATE CONSTRAINT TRIGGER "reference_changed" AFTER INSERT OR UPDATE OR DELETE ON "source"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "reference_changed"();
CREATE CONSTRAINT TRIGGER "reference_changed" AFTER INSERT OR UPDATE OR DELETE ON "topic"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "reference_changed"();
CREATE CONSTRAINT TRIGGER "reference_changed" AFTER INSERT OR UPDATE OR DELETE ON "treaty"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "reference_changed"();
CREATE CONSTRAINT TRIGGER "reference_changed" AFTER INSERT OR UPDATE OR DELETE ON "treaty_party"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "reference_changed"();
CREATE CONSTRAINT TRIGGER "reference_changed" AFTER INSERT OR UPDATE OR DELETE ON "treaty_status"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "reference_changed"();
CREATE CONSTRAINT TRIGGER "reference_changed" AFTER INSERT OR UPDATE OR DELETE ON "weapon_system"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "reference_changed"();
CREATE CONSTRAINT TRIGGER "reference_changed" AFTER INSERT OR UPDATE OR DELETE ON "weapon_system_alias"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "reference_changed"();

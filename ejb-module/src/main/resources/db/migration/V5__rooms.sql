-- A room may be closed, which hides it from everybody, or archived: read by its people and changed by nobody, until it is opened again.

alter table room add column closed_at timestamp(3) with time zone;

-- what was called archived until now was closed
update room set closed_at = archived_at, archived_at = null where archived_at is not null;

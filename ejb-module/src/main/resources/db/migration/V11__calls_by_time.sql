-- Administrators read the newest calls of all rooms first.

create index call_record_started on call_record (started_at, id);

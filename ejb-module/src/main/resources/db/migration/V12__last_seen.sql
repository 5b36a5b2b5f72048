-- Whether others may know when somebody was last there.

alter table account add column share_last_seen boolean default true not null;

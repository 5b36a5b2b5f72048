-- What tells a person's devices apart, closed accounts, roles, and keys that follow one another.

-- "Firefox on Linux": never the whole user agent
alter table sign_in add column device varchar(100) default 'Unknown device' not null;
-- coarse on purpose (203.0.113.x): enough to see that something is odd, too little to find a house
alter table sign_in add column address varchar(64);
alter table sign_in add column used_at timestamp(3) with time zone;
update sign_in set used_at = created_at;
alter table sign_in alter column used_at set not null;

-- closed by an administrator: nobody signs in, nothing is deleted
alter table account add column disabled_at timestamp(3) with time zone;
-- words separated by spaces, besides 'user', which everybody is
alter table account add column roles varchar(255) default '' not null;

-- The slots count up. A key signs from signs_from on, until the next one does; it is believed for as long as what it signed lasts.
alter table signing_key add column signs_from timestamp(3) with time zone;
update signing_key set signs_from = created_at;
alter table signing_key alter column signs_from set not null;

-- A browser that signed in before shows a secret of its own: who hammers at an account from elsewhere does not slow its owner down there.
-- SHA-256 of the secret, as with refresh tokens.
alter table sign_in add column known_hash char(64);
create index sign_in_known on sign_in (known_hash);

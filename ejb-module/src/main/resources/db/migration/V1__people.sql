-- People, how they prove who they are, and what signs their tokens. The same SQL for PostgreSQL and H2 in PostgreSQL mode.

create table account (
    id            uuid primary key,
    -- lower case; what people type to sign in
    username      varchar(255) not null,
    display_name  varchar(100) not null,
    avatar_url    varchar(500),
    -- null for people whom another issuer vouches for
    password_hash varchar(100),
    issuer        varchar(255),
    subject       varchar(255),
    -- one of the people of the demonstration, whose password everybody knows
    demo          boolean      not null default false,
    created_at    timestamp(3) with time zone not null,
    last_seen_at  timestamp(3) with time zone,
    -- the status a person chose for themselves, until when
    chosen_status varchar(8),
    chosen_text   varchar(140),
    chosen_until  timestamp(3) with time zone,
    constraint account_username unique (username),
    constraint account_subject unique (issuer, subject)
);

create index account_display_name on account (display_name);

-- One per device that signed in; all refresh tokens that followed one another are its family.
create table sign_in (
    id         uuid primary key,
    account_id uuid not null references account (id) on delete cascade,
    created_at timestamp(3) with time zone not null,
    expires_at timestamp(3) with time zone not null,
    revoked_at timestamp(3) with time zone
);

create index sign_in_account on sign_in (account_id);
create index sign_in_expires_at on sign_in (expires_at);

create table refresh_token (
    -- SHA-256 of the token: who reads this table cannot use it
    hash       char(64) primary key,
    sign_in_id uuid not null references sign_in (id) on delete cascade,
    issued_at  timestamp(3) with time zone not null,
    used_at    timestamp(3) with time zone
);

create index refresh_token_sign_in on refresh_token (sign_in_id);

-- Made by the node that starts first; slot 0 is the one in use, and its uniqueness makes several nodes agree.
create table signing_key (
    slot        integer primary key,
    kid         varchar(64)   not null,
    private_key varchar(4096) not null,
    public_key  varchar(1024) not null,
    created_at  timestamp(3) with time zone not null
);

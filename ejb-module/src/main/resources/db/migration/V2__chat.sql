-- Rooms, who is in them, and what was said there. The same SQL for PostgreSQL and H2 in PostgreSQL mode.

create table room (
    id          uuid primary key,
    kind        varchar(7)  not null check (kind in ('PUBLIC', 'PRIVATE', 'DIRECT')),
    -- empty for a direct room: each of the two sees the other one's name
    name        varchar(80) not null,
    topic       varchar(1000),
    -- the newest message's; whoever writes into the room or changes its people holds this row's lock
    last_seq    bigint      not null,
    -- "smaller:larger" of the two people of a direct room, so that two who start at once get one room
    direct_key  varchar(73),
    created_at  timestamp(3) with time zone not null,
    archived_at timestamp(3) with time zone,
    constraint room_direct_key unique (direct_key)
);

create index room_kind on room (kind);

create table room_member (
    room_id   uuid        not null references room (id),
    user_id   uuid        not null references account (id),
    role      varchar(9)  not null check (role in ('OWNER', 'MODERATOR', 'MEMBER')),
    notify    varchar(8)  not null check (notify in ('ALL', 'MENTIONS', 'NONE')),
    read_seq  bigint      not null,
    joined_at timestamp(3) with time zone not null,
    primary key (room_id, user_id)
);

create index room_member_user on room_member (user_id);

create table message (
    id          uuid primary key,
    room_id     uuid          not null references room (id),
    seq         bigint        not null,
    sender_id   uuid          not null references account (id),
    client_id   uuid          not null,
    kind        varchar(6)    not null check (kind in ('TEXT', 'MEDIA', 'CALL', 'SYSTEM')),
    -- 16,000 code points; H2 counts the halves of surrogate pairs
    text        varchar(32000) not null,
    reply_to    uuid references message (id),
    sent_at     timestamp(3) with time zone not null,
    edited_at   timestamp(3) with time zone,
    deleted_at  timestamp(3) with time zone,
    -- the room's last_seq when the message was last changed: who has seen the room up to less has missed the change
    changed_seq bigint        not null,
    constraint message_seq unique (room_id, seq),
    -- sending again is not sending twice
    constraint message_client_id unique (sender_id, client_id)
);

create index message_changed on message (room_id, changed_seq);

create table message_mention (
    message_id uuid not null references message (id),
    user_id    uuid not null references account (id),
    primary key (message_id, user_id)
);

create index message_mention_user on message_mention (user_id);

create table reaction (
    message_id uuid        not null references message (id),
    emoji      varchar(64) not null,
    user_id    uuid        not null references account (id),
    reacted_at timestamp(3) with time zone not null,
    primary key (message_id, emoji, user_id)
);

-- What a message of kind media shows.
create table attachment (
    message_id   uuid primary key references message (id),
    media_id     uuid         not null,
    file_name    varchar(255) not null,
    content_type varchar(127) not null,
    size         bigint       not null,
    width        integer,
    height       integer,
    duration_ms  bigint,
    state        varchar(8)   not null check (state in ('SCANNING', 'READY', 'REJECTED')),
    constraint attachment_media unique (media_id)
);

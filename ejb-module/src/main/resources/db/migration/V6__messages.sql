-- Threads, pins, revisions, drafts, and messages for everybody. The same SQL for PostgreSQL and H2 in PostgreSQL mode.

-- of a reply: the message that began the thread
alter table message add column thread_id uuid;
alter table message add constraint message_thread_id foreign key (thread_id) references message (id);
-- of a message that began one: its replies that are not deleted, and the latest of all
alter table message add column reply_count integer default 0 not null;
alter table message add column last_reply_seq bigint;
alter table message add column last_reply_at timestamp(3) with time zone;
-- whom it calls besides those whom it names: everybody in the room, or those who were present
alter table message add column everyone varchar(9);

create index message_thread on message (thread_id, seq);

create table thread_follower (
    thread_id uuid    not null references message (id),
    user_id   uuid    not null references account (id),
    room_id   uuid    not null references room (id),
    following boolean not null,
    read_seq  bigint  not null,
    primary key (thread_id, user_id)
);

create index thread_follower_user on thread_follower (user_id, room_id);

create table pin (
    message_id uuid primary key references message (id),
    room_id    uuid not null references room (id),
    pinned_by  uuid not null references account (id),
    pinned_at  timestamp(3) with time zone not null
);

create index pin_room on pin (room_id, pinned_at);

-- What an edited message said before, where that is kept.
create table message_revision (
    message_id uuid           not null references message (id),
    revision   integer        not null,
    text       varchar(32000) not null,
    written_at timestamp(3) with time zone not null,
    primary key (message_id, revision)
);

-- What somebody has begun to write and not sent.
create table draft (
    user_id    uuid           not null references account (id) on delete cascade,
    -- the thread, or the room itself
    place_id   uuid           not null,
    room_id    uuid           not null references room (id),
    thread_id  uuid references message (id),
    text       varchar(32000) not null,
    reply_to   uuid references message (id),
    updated_at timestamp(3) with time zone not null,
    primary key (user_id, place_id)
);

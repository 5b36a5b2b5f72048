-- Objects that people were allowed to store, and what became of them. The same SQL for PostgreSQL and H2 in PostgreSQL mode.

create table upload (
    id            uuid primary key,
    room_id       uuid         not null references room (id),
    owner_id      uuid         not null references account (id),
    file_name     varchar(255) not null,
    content_type  varchar(127) not null,
    size          bigint       not null,
    sha256        varchar(64),
    -- where the browser may write once, and where nobody but the server writes
    incoming_name varchar(200) not null,
    stored_name   varchar(200) not null,
    state         varchar(9)   not null check (state in ('REQUESTED', 'SHARED', 'REJECTED', 'REMOVED')),
    message_id    uuid references message (id),
    created_at    timestamp(3) with time zone not null,
    constraint upload_message unique (message_id)
);

create index upload_state on upload (state, created_at);

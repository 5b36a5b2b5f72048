-- Calls that are over; those that go on live in memory. The same SQL for PostgreSQL and H2 in PostgreSQL mode.

create table call_record (
    id          uuid primary key,
    -- no foreign keys: a call may end after its room or its starter was deleted, and its cost is still of interest
    room_id     uuid        not null,
    started_by  uuid        not null,
    kind        varchar(8)  not null,
    started_at  timestamp(3) with time zone not null,
    -- null: nobody answered
    answered_at timestamp(3) with time zone,
    ended_at    timestamp(3) with time zone not null,
    end_reason  varchar(16) not null
);

create index call_record_room on call_record (room_id, started_at);

-- What a device measured of a call, by its own account.
create table call_report (
    call_id     uuid not null,
    leg_id      uuid not null,
    account_id  uuid not null references account (id) on delete cascade,
    reported_at timestamp(3) with time zone not null,
    stats       varchar(16384) not null,
    primary key (call_id, leg_id)
);

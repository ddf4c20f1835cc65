-- Who has registered as a client counts as a new client of that day, whatever they become later.

alter table users add column first_role text check (first_role in ('ADMIN', 'CLIENT'));
comment on column users.first_role is 'The role at the beginning; null while it has not changed';

-- Whether a client had bought before a period. Both columns are of the key, so that updates of the sums stay cheap.
create index stats_client_day_client on stats_client_day (client_id, day);

-- PostgreSQL only: H2 searches without an index. The expression is that of SearchService, to the letter.

create index message_words on message using gin (to_tsvector('simple', text));

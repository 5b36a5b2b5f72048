-- Limits of what people choose are counted in characters; H2 counts the halves of surrogate pairs. PostgreSQL rewrites nothing for this.
alter table account alter column display_name set data type varchar(200);
alter table account alter column chosen_text set data type varchar(280);
alter table room alter column name set data type varchar(160);
alter table room alter column topic set data type varchar(2000);

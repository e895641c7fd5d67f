SELECT tables.name, key."from"
FROM sqlite_schema tables, pragma_foreign_key_list(tables.name) key
WHERE tables.type = 'table' AND key."table" = 'articles' AND tables.name <> 'articles'
ORDER BY tables.name

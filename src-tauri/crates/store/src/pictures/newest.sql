SELECT pictures.*, picture_words.caption, picture_words.alt
FROM pictures JOIN picture_words ON picture_words.picture = hash AND picture_words.language = ''
ORDER BY EXISTS (SELECT 1 FROM placements WHERE placements.picture = hash), taken_in_at DESC
LIMIT ?1

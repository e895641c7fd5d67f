INSERT OR IGNORE INTO pictures (
    hash, kind, size, width, height, orientation, taken_in_at, seen_as, found, creator, credit_line, copyright_notice,
    picture_source, usage_terms, instructions, caption_writer, date_taken, place, digital_source_type, headline)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)

UPDATE articles SET
    body = :body, language = :language, slugline = :slugline, url_slug = :url_slug, desk = :desk, kicker = :kicker,
    headline = :headline, standfirst = :standfirst, dateline = :dateline, byline = :byline, translator = :translator,
    editor = :editor, sign_off = :sign_off, category_code = :category_code, keywords = :keywords,
    source_paper = :source_paper, source_url = :source_url, foreign_id = :foreign_id, source_date = :source_date,
    original_headline = :original_headline, ed_note = :ed_note, embargo = :embargo, schedule = :schedule
WHERE id = :id

INSERT INTO publications (article, portal, remote_id, url, version, live_revision, live_content_hash,
                          first_live_at, live_since, corrections, differences, standing, stands_since,
                          look_at, looks, looked_at, readable, page_answer, gone_at, notices)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)
ON CONFLICT (article, portal) DO UPDATE SET
    remote_id = excluded.remote_id, url = excluded.url, version = excluded.version,
    live_revision = excluded.live_revision, live_content_hash = excluded.live_content_hash,
    live_since = excluded.live_since, corrections = excluded.corrections, differences = excluded.differences,
    standing = excluded.standing, stands_since = excluded.stands_since, look_at = excluded.look_at, looks = excluded.looks,
    looked_at = excluded.looked_at, readable = excluded.readable, page_answer = excluded.page_answer,
    gone_at = excluded.gone_at, notices = excluded.notices

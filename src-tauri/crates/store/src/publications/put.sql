INSERT INTO publications (article, portal, remote_id, url, version, live_revision, live_content_hash,
                          first_live_at, live_since, corrections, differences)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
ON CONFLICT (article, portal) DO UPDATE SET
    remote_id = excluded.remote_id, url = excluded.url, version = excluded.version,
    live_revision = excluded.live_revision, live_content_hash = excluded.live_content_hash,
    live_since = excluded.live_since, corrections = excluded.corrections, differences = excluded.differences

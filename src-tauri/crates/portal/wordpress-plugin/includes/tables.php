<?php
/**
 * The plugin's own tables. WordPress's have no place for a key that is unique.
 *
 * @package Toasoan
 */

namespace Toasoan;

defined( 'ABSPATH' ) || exit;

/** Counts changes of the tables. */
const TABLES = 1;


function table( string $name ): string {
	global $wpdb;
	return $wpdb->prefix . 'toasoan_' . $name;
}

/** An update of the plugin runs no activation. */
function keep_tables(): void {
	if ( (int) get_option( 'toasoan_tables' ) !== TABLES ) {
		make_tables();
	}
}

function make_tables(): void {
	global $wpdb;
	// InnoDB is named: some servers make tables of another kind, which know no transactions.
	$as = 'ENGINE=InnoDB ' . $wpdb->get_charset_collate();
	foreach ( table_columns() as $name => $columns ) {
		$wpdb->query( 'CREATE TABLE IF NOT EXISTS ' . table( $name ) . " ( $columns ) $as" ); // phpcs:ignore WordPress.DB -- no input in it
	}
	update_option( 'toasoan_tables', TABLES );
}

function table_columns(): array {
	return array(
		// One row per language edition; `post_id` is null for one that was killed before it ever was here.
		'editions'  => "article char(36) NOT NULL,
			story char(36) NOT NULL,
			post_id bigint unsigned NULL,
			language varchar(35) NOT NULL DEFAULT '',
			state varchar(16) NOT NULL,
			decision char(36) NOT NULL,
			content_hash char(64) NOT NULL DEFAULT '',
			version varchar(100) NOT NULL DEFAULT '',
			url text NOT NULL,
			path_hash char(64) NOT NULL DEFAULT '',
			pictures longtext NOT NULL,
			corrections longtext NOT NULL,
			public_notice text NOT NULL,
			reason text NOT NULL,
			PRIMARY KEY  (article),
			UNIQUE KEY post_id (post_id),
			KEY story (story),
			KEY path_hash (path_hash)",
		// What was decided, with the first answer to it.
		'decisions' => "decision char(36) NOT NULL,
			article char(36) NOT NULL,
			act varchar(16) NOT NULL,
			fingerprint char(64) NOT NULL,
			account bigint unsigned NOT NULL,
			receipt longtext NOT NULL,
			applied_at datetime NOT NULL,
			PRIMARY KEY  (decision),
			KEY article (article)",
		'pictures'  => "hash char(64) NOT NULL,
			attachment bigint unsigned NOT NULL,
			tries int unsigned NOT NULL DEFAULT 0,
			has_words tinyint NOT NULL DEFAULT 0,
			PRIMARY KEY  (hash),
			KEY attachment (attachment)",
		'changes'   => "seq bigint unsigned NOT NULL AUTO_INCREMENT,
			article char(36) NOT NULL,
			post_id bigint unsigned NULL,
			act varchar(16) NOT NULL,
			state varchar(16) NOT NULL,
			version varchar(100) NOT NULL,
			account bigint unsigned NOT NULL,
			changed_at datetime NOT NULL,
			PRIMARY KEY  (seq)",
	);
}

/** Whether the site's own posts take part in a transaction. */
function posts_are_transactional(): bool {
	global $wpdb;
	$engine = $wpdb->get_var(
		$wpdb->prepare(
			'SELECT ENGINE FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = %s',
			$wpdb->posts
		)
	);
	return 0 === strcasecmp( (string) $engine, 'InnoDB' );
}

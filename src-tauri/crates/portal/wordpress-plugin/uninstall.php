<?php
/**
 * Articles, pictures and what is kept with them stay. The plugin's own tables go only where that was asked for
 * (Settings → Writing): without them a withdrawn article's address answers 404 instead of 410, and what was published
 * is known again by the marker in its text.
 *
 * @package Toasoan
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

if ( get_option( 'toasoan_remove_tables' ) ) {
	global $wpdb;
	foreach ( array( 'editions', 'decisions', 'pictures', 'changes' ) as $toasoan_table ) {
		$wpdb->query( "DROP TABLE IF EXISTS {$wpdb->prefix}toasoan_$toasoan_table" ); // phpcs:ignore WordPress.DB -- no input in it
	}
	delete_option( 'toasoan_tables' );
	delete_option( 'toasoan_remove_tables' );
}

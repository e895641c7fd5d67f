<?php
/**
 * 410 Gone: the address of what was taken down or killed says so, for readers, search engines and caches, and nothing of
 * what it said.
 *
 * @package Toasoan
 */

namespace Toasoan;

defined( 'ABSPATH' ) || exit;

// Before WordPress guesses which other page may have been meant (10).
add_action( 'template_redirect', __NAMESPACE__ . '\answer_gone', 0 );

function answer_gone(): void {
	$edition = is_404() ? gone_edition() : null;
	if ( ! $edition ) {
		return;
	}
	$words  = __( 'This article has been withdrawn.', 'toasoan' );
	$notice = '' !== $edition->public_notice ? '<p>' . esc_html( $edition->public_notice ) . '</p>' : '';
	wp_die(
		'<h1>' . esc_html( $words ) . '</h1>' . $notice, // phpcs:ignore WordPress.Security.EscapeOutput -- escaped above
		esc_html( $words ),
		array(
			'response'  => 410,
			'link_url'  => esc_url( home_url( '/' ) ),
			'link_text' => esc_html( get_bloginfo( 'name' ) ),
		)
	);
}

/** Returns what was taken away from the address that is asked for. */
function gone_edition(): ?object {
	global $wpdb;
	$uri   = isset( $_SERVER['REQUEST_URI'] ) ? esc_url_raw( wp_unslash( $_SERVER['REQUEST_URI'] ) ) : '';
	$asked = (int) get_query_var( 'p' );
	return $wpdb->get_row(
		$wpdb->prepare(
			'SELECT * FROM ' . table( 'editions' ) . ' WHERE ( path_hash = %s OR ( post_id = %d AND post_id > 0 ) ) AND state IN ( %s, %s ) LIMIT 1', // phpcs:ignore WordPress.DB
			path_hash( $uri ),
			$asked,
			TAKEN_DOWN,
			KILLED
		)
	);
}

/** Returns a page's address in the form in which it is looked for: its path, and the post's number where that is all there is. */
function path_hash( string $url ): string {
	$parts = wp_parse_url( $url );
	parse_str( $parts['query'] ?? '', $query );
	$path = untrailingslashit( rawurldecode( $parts['path'] ?? '' ) );
	return hash( 'sha256', $path . ( isset( $query['p'] ) ? '?p=' . (int) $query['p'] : '' ) );
}

<?php
/**
 * How a post says which article it is, as the desk writes it where there is no plugin: an attribute of its first block.
 * So what was published before the plugin came is known, and what was published by it stays known after it went.
 *
 * @package Toasoan
 */

namespace Toasoan;

use WP_Post;

defined( 'ABSPATH' ) || exit;

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const HASH = '[0-9a-f]{64}';

/** Posts are looked for from this long before the article was begun: clocks differ, and a post's date is the site's. */
const SLACK = 2 * DAY_IN_SECONDS;

/** Returns the marker in a post's content: `article`, `decision`, `content`, `language`, `sum`; null where there is none. */
function marker_of( WP_Post $post ): ?array {
	if ( ! preg_match( '/"toasoan":(\{[^{}]*\})/', $post->post_content, $found ) ) {
		return null;
	}
	$marker = json_decode( $found[1], true );
	return is_array( $marker ) && isset( $marker['article'], $marker['decision'], $marker['content'] ) ? $marker : null;
}

/** Whether nobody changed the post after the desk wrote it. */
function is_untouched( WP_Post $post ): bool {
	$marker = marker_of( $post );
	$sum    = $marker['sum'] ?? '';
	if ( '' === $sum ) {
		return false;
	}
	$blank = preg_replace( '/"sum":"' . preg_quote( $sum, '/' ) . '"/', '"sum":""', $post->post_content, 1 );
	$words = implode( "\0", array( $post->post_title, $post->post_excerpt, $blank ) );
	return hash_equals( $sum, substr( hash( 'sha256', $words ), 0, 16 ) );
}

/** Returns the post that carries an article's marker: a live one before any other, then the lowest id. */
function marked_post( string $article ): ?WP_Post {
	global $wpdb;
	$found = $wpdb->get_col(
		$wpdb->prepare(
			"SELECT ID FROM {$wpdb->posts}
			WHERE post_type = 'post' AND post_status IN ('publish', 'future', 'draft', 'pending', 'private')
				AND post_date >= %s AND post_content LIKE %s
			ORDER BY post_status <> 'publish', ID LIMIT 20",
			looked_for_after( $article ),
			'%"article":"' . $wpdb->esc_like( $article ) . '"%'
		)
	);
	foreach ( $found as $id ) {
		$post   = get_post( (int) $id );
		$marker = $post ? marker_of( $post ) : null;
		if ( $marker && $marker['article'] === $article ) {
			return $post;
		}
	}
	return null;
}

/** An article's UUIDv7 tells when it was begun: older posts need not be read. A draft has no date, so this is the local one. */
function looked_for_after( string $article ): string {
	$begun = (int) ( hexdec( substr( str_replace( '-', '', $article ), 0, 12 ) ) / 1000 );
	return gmdate( 'Y-m-d H:i:s', min( $begun, time() ) - SLACK );
}

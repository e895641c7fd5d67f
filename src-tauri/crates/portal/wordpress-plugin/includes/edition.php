<?php
/**
 * A language edition: which post it is, where it stands, and which version of it is there.
 *
 * @package Toasoan
 */

namespace Toasoan;

use WP_Post;

defined( 'ABSPATH' ) || exit;

/** The version of what is not there any more. */
const GONE = 'gone';

/** Only the plain one was there, as a draft that nobody published. */
const DRAFT       = 'draft';
const LIVE        = 'live';
const UNPUBLISHED = 'unpublished';
const TAKEN_DOWN  = 'taken_down';
const KILLED      = 'killed';

function edition_of( string $article ): ?object {
	global $wpdb;
	return $wpdb->get_row( $wpdb->prepare( 'SELECT * FROM ' . table( 'editions' ) . ' WHERE article = %s', $article ) ); // phpcs:ignore WordPress.DB
}

function edition_of_post( int $post ): ?object {
	global $wpdb;
	return $wpdb->get_row( $wpdb->prepare( 'SELECT * FROM ' . table( 'editions' ) . ' WHERE post_id = %d', $post ) ); // phpcs:ignore WordPress.DB
}

/**
 * Returns the edition as it is now, its row and its post held until the transaction ends: who edits the post meanwhile
 * waits. One that was published before the plugin came is taken in by its marker.
 *
 * @param string   $article Its id.
 * @param string   $story   Which editions belong together.
 * @param int|null $hint    The post's id, as the desk knows it.
 */
function held_edition( string $article, string $story, ?int $hint ): ?object {
	global $wpdb;
	$row = $wpdb->get_row( $wpdb->prepare( 'SELECT * FROM ' . table( 'editions' ) . ' WHERE article = %s FOR UPDATE', $article ) ); // phpcs:ignore WordPress.DB
	$row = $row ? $row : adopted( $article, $story, $hint );
	if ( $row && $row->post_id ) {
		$wpdb->get_var( $wpdb->prepare( "SELECT ID FROM {$wpdb->posts} WHERE ID = %d FOR UPDATE", $row->post_id ) );
		wp_cache_delete( (int) $row->post_id, 'posts' ); // as it is, not as this request saw it before
		wp_cache_delete( (int) $row->post_id, 'post_meta' );
	}
	return $row;
}

function adopted( string $article, string $story, ?int $hint ): ?object {
	$post   = $hint ? get_post( $hint ) : null;
	$marker = $post && 'post' === $post->post_type ? marker_of( $post ) : null;
	if ( ! $marker || $marker['article'] !== $article ) {
		$post   = marked_post( $article );
		$marker = $post ? marker_of( $post ) : null;
	}
	if ( ! $post || edition_of_post( $post->ID ) ) {
		return null; // a copy that somebody made of it carries the marker too
	}
	$place = 'publish' === $post->post_status ? place_of( $post ) : array();
	keep_edition(
		$place + array(
			'article'      => $article,
			'story'        => $story,
			'post_id'      => $post->ID,
			'language'     => (string) ( $marker['language'] ?? '' ),
			'state'        => 'publish' === $post->post_status ? LIVE : DRAFT,
			'decision'     => $marker['decision'],
			'content_hash' => $marker['content'],
			'version'      => is_untouched( $post ) ? version_of( $post ) : '',
		)
	);
	return edition_of( $article );
}

/** Writes an edition's row: the members given, over what there is. */
function keep_edition( array $members ): void {
	global $wpdb;
	$blank = array(
		'url'           => '',
		'pictures'      => '[]',
		'corrections'   => '[]',
		'public_notice' => '',
		'reason'        => '',
	);
	$known = edition_of( $members['article'] );
	$kept  = $known
		? $wpdb->update( table( 'editions' ), $members, array( 'article' => $members['article'] ) )
		: $wpdb->insert( table( 'editions' ), $members + $blank );
	if ( false === $kept ) {
		throw Refused::busy(); // the unique key, or a database that gave up: nothing is kept
	}
}

/** Where a public post is. What was there is answered for when it is gone. */
function place_of( WP_Post $post ): array {
	$url = get_permalink( $post );
	return array(
		'url'       => $url,
		'path_hash' => path_hash( $url ),
	);
}

function post_of( ?object $edition ): ?WP_Post {
	$post = $edition && $edition->post_id ? get_post( (int) $edition->post_id ) : null;
	return $post ? $post : null;
}

/**
 * Returns the version token of a post: the same that the desk makes of WordPress's own answers, so that it holds with
 * the plugin and without. It changes with every change of the words, the featured picture or the status.
 */
function version_of( WP_Post $post ): string {
	$revisions = wp_get_latest_revision_id_and_total_count( $post->ID );
	$revision  = is_wp_error( $revisions ) ? 0 : $revisions['latest_id'];
	$words     = array( $post->post_title, $post->post_excerpt, $post->post_content, (int) get_post_thumbnail_id( $post ) );
	return sprintf( 'r%d-%s-%s', $revision, substr( hash( 'sha256', implode( "\0", $words ) ), 0, 16 ), $post->post_status );
}

/** Returns what of an edition is there now: a version, GONE where its post was deleted, null where there never was one. */
function version_now( ?object $edition ): ?string {
	if ( ! $edition || ! $edition->post_id ) {
		return null;
	}
	$post = post_of( $edition );
	return $post ? version_of( $post ) : GONE;
}

/** Returns where an edition stands: people may have changed that here. */
function state_of( object $edition, ?WP_Post $post ): string {
	if ( $post && 'publish' === $post->post_status ) {
		return LIVE;
	}
	return LIVE === $edition->state ? UNPUBLISHED : $edition->state;
}

/** Says in words what there is, to who may edit it. */
function told_edition( object $edition ): array {
	$post = post_of( $edition );
	return array(
		'article'         => $edition->article,
		'story'           => $edition->story,
		'language'        => $edition->language,
		'remote_id'       => (string) $edition->post_id,
		'state'           => state_of( $edition, $post ),
		'version'         => version_now( $edition ),
		'is_as_left'      => version_now( $edition ) === $edition->version,
		'decision'        => $edition->decision,
		'content_hash'    => $edition->content_hash,
		'url'             => $post && 'publish' === $post->post_status ? get_permalink( $post ) : $edition->url,
		'first_published' => $post ? rfc3339( $post->post_date_gmt ) : '',
		'updated'         => $post ? rfc3339( $post->post_modified_gmt ) : '',
		'corrections'     => json_decode( $edition->corrections, true ),
		'public_notice'   => $edition->public_notice,
		'reason'          => $edition->reason,
		'post'            => $post ? told_post( $post ) : null,
	);
}

/** Returns a post's raw fields, as WordPress's own API names them. */
function told_post( WP_Post $post ): array {
	return array(
		'id'             => $post->ID,
		'status'         => $post->post_status,
		'slug'           => $post->post_name,
		'link'           => get_permalink( $post ),
		'date_gmt'       => str_replace( ' ', 'T', $post->post_date_gmt ),
		'modified_gmt'   => str_replace( ' ', 'T', $post->post_modified_gmt ),
		'title'          => array( 'raw' => $post->post_title ),
		'excerpt'        => array( 'raw' => $post->post_excerpt ),
		'content'        => array( 'raw' => $post->post_content ),
		'author'         => (int) $post->post_author,
		'featured_media' => (int) get_post_thumbnail_id( $post ),
		'categories'     => wp_get_post_categories( $post->ID ),
		'tags'           => wp_get_post_tags( $post->ID, array( 'fields' => 'ids' ) ),
	);
}

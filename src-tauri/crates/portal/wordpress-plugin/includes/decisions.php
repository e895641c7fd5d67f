<?php
/**
 * A decision of the desk, applied once: its id is the key, and asking again gets the first answer.
 *
 * @package Toasoan
 */

namespace Toasoan;

use WP_Post;

defined( 'ABSPATH' ) || exit;

/** What writes a page. */
const WRITING = array( 'publish', 'minor_fix', 'update', 'correct' );

/** What takes a page away: where the edition stands then, and the post's status. */
const REMOVING = array(
	'unpublish' => array( UNPUBLISHED, 'draft' ),
	'takedown'  => array( TAKEN_DOWN, 'draft' ),
	'kill'      => array( KILLED, 'trash' ),
);

/** Applies a decision, or answers what it did the first time. */
function decide( array $wish ): array {
	ignore_user_abort( true ); // who goes away asks again
	$answer = one_at_a_time(
		'article ' . $wish['article'],
		function () use ( $wish ) {
			return decide_alone( $wish );
		}
	);
	if ( 'kill' === $wish['act'] ) {
		$answer['pictures_removed'] = remove_pictures_of( $wish['article'] );
	}
	return $answer;
}

function decide_alone( array $wish ): array {
	Noting::$by_desk = true;
	try {
		return all_or_nothing(
			function () use ( $wish ) {
				return answer_known( $wish ) ?? answer_new( $wish );
			}
		);
	} finally {
		Noting::$by_desk = false;
		refresh( edition_of( $wish['article'] ) );
	}
}

/** A cache that outlives the request may have been filled by a reader while nothing was settled yet. */
function refresh( ?object $edition ): void {
	if ( $edition && $edition->post_id ) {
		clean_post_cache( (int) $edition->post_id );
	}
}

function decision_row( string $decision ): ?object {
	global $wpdb;
	return $wpdb->get_row( $wpdb->prepare( 'SELECT * FROM ' . table( 'decisions' ) . ' WHERE decision = %s', $decision ) ); // phpcs:ignore WordPress.DB
}

/** Returns the first answer to a decision that is known; other bytes under its id are refused. */
function answer_known( array $wish ): ?array {
	$known = decision_row( $wish['decision'] );
	if ( ! $known ) {
		return null;
	}
	if ( ! hash_equals( $known->fingerprint, fingerprint( $wish ) ) ) {
		throw Refused::because( 'key_reused', 422, __( 'This decision was applied here before with other content. Decide again.', 'toasoan' ) );
	}
	$edition = edition_of( $wish['article'] );
	refuse_strangers( $edition );
	return answer( json_decode( $known->receipt, true ), $edition, true );
}

/** What may not differ where the same decision comes again. The words as they are written here may: a term got another id. */
function fingerprint( array $wish ): string {
	return hash( 'sha256', implode( '|', array( $wish['act'], $wish['article'], $wish['content_hash'] ) ) );
}

function answer( array $receipt, ?object $edition, bool $repeated ): array {
	return array(
		'receipt'  => $receipt,
		'repeated' => $repeated,
		'edition'  => $edition ? told_edition( $edition ) : null,
	);
}

/** The key is put down before anything is done, and its receipt after all of it: both are in one transaction, or neither. */
function answer_new( array $wish ): array {
	$edition = held_edition( $wish['article'], $wish['story'], $wish['remote_id'] );
	refuse_strangers( $edition );
	put_down( $wish );
	$done    = was_done_before( $wish, $edition );
	$receipt = $done ? receipt( $wish, $edition ) : ( in_array( $wish['act'], WRITING, true ) ? written( $wish, $edition ) : removed( $wish, $edition ) );
	settle( $wish, $receipt );
	return answer( $receipt, edition_of( $wish['article'] ), false );
}

function put_down( array $wish ): void {
	global $wpdb;
	$row = array(
		'decision'    => $wish['decision'],
		'article'     => $wish['article'],
		'act'         => $wish['act'],
		'fingerprint' => fingerprint( $wish ),
		'account'     => get_current_user_id(),
		'receipt'     => '',
		'applied_at'  => gmdate( 'Y-m-d H:i:s' ),
	);
	if ( ! $wpdb->insert( table( 'decisions' ), $row ) ) {
		throw Refused::busy();
	}
}

function settle( array $wish, array $receipt ): void {
	global $wpdb;
	$kept = $wpdb->update( table( 'decisions' ), array( 'receipt' => wp_json_encode( $receipt ) ), array( 'decision' => $wish['decision'] ) );
	if ( 1 !== $kept ) {
		throw Refused::busy(); // the database undid the transaction on the way
	}
}

/**
 * Whether a decision that has no row was done all the same: by the desk before the plugin came, or by another desk that
 * decided the same of the same words.
 */
function was_done_before( array $wish, ?object $edition ): bool {
	$post = post_of( $edition );
	if ( ! $post || 'publish' !== $post->post_status || ! in_array( $wish['act'], WRITING, true ) ) {
		return false;
	}
	$marker = marker_of( $post );
	if ( $marker && $marker['decision'] === $wish['decision'] && is_untouched( $post ) ) {
		return true;
	}
	return null === $wish['base'] && $edition->content_hash === $wish['content_hash'] && version_of( $post ) === $edition->version;
}

/** Answers whether a decision was applied: how a desk settles an answer that never came. */
function receipt_asked_for( string $decision, string $article, string $story, ?int $hint ): array {
	$known = decision_row( $decision );
	if ( ! $known && '' !== $article ) {
		$known = taken_in( $decision, $article, $story, $hint );
	}
	if ( ! $known ) {
		throw Refused::because( 'not_applied', 404, __( 'This decision was not applied here.', 'toasoan' ) );
	}
	$edition = edition_of( $known->article );
	refuse_strangers( $edition );
	return answer( json_decode( $known->receipt, true ), $edition, true );
}

/** Takes in a decision that the desk applied before the plugin came. */
function taken_in( string $decision, string $article, string $story, ?int $hint ): ?object {
	$wish = array(
		'decision' => $decision,
		'article'  => $article,
		'act'      => 'publish',
		'base'     => null,
	);
	one_at_a_time(
		"article $article",
		function () use ( $wish, $story, $hint ) {
			all_or_nothing(
				function () use ( $wish, $story, $hint ) {
					$edition = held_edition( $wish['article'], $story, $hint );
					$post    = post_of( $edition );
					$marker  = $post ? marker_of( $post ) : null;
					if ( ! $marker || $marker['decision'] !== $wish['decision'] || 'publish' !== $post->post_status ) {
						return;
					}
					$wish['content_hash'] = $marker['content'];
					put_down( $wish );
					settle( $wish, receipt( $wish, $edition ) );
				}
			);
		}
	);
	return decision_row( $decision );
}

function receipt( array $wish, object $edition ): array {
	$post = post_of( $edition );
	return array(
		'decision'     => $wish['decision'],
		'remote_id'    => (string) $edition->post_id,
		'url'          => $post && 'publish' === $post->post_status ? get_permalink( $post ) : $edition->url,
		'version'      => version_now( $edition ) ?? GONE,
		'content_hash' => $wish['content_hash'],
		'applied_at'   => gmdate( 'Y-m-d\TH:i:s\Z' ),
	);
}

/** What another account published is theirs, unless this one may edit it. */
function refuse_strangers( ?object $edition ): void {
	$post = post_of( $edition );
	if ( $post && ! current_user_can( 'edit_post', $post->ID ) ) {
		/* translators: %d: number of a post */
		$words = sprintf( __( 'Post %d was published by another account, and this one may not edit it; sign in as that account, or as an editor.', 'toasoan' ), $post->ID );
		throw Refused::because( 'of_another', 403, $words );
	}
}

<?php
/**
 * What changed here, in the order in which it became true, for a desk that asks "what since then?".
 *
 * @package Toasoan
 */

namespace Toasoan;

use WP_Post;

defined( 'ABSPATH' ) || exit;

add_action( 'wp_after_insert_post', __NAMESPACE__ . '\note_what_people_do', 20, 2 );
add_action( 'before_delete_post', __NAMESPACE__ . '\note_what_people_delete', 10, 2 );

/** Changes of the transaction at hand, and whether the desk is writing. */
final class Noting {
	/** @var array */
	public static $noted = array();
	/** @var bool */
	public static $by_desk = false;
}

/** Keeps a change until the transaction ends. */
function note_change( array $change ): void {
	Noting::$noted[] = $change;
}

function forget_changes(): void {
	Noting::$noted = array();
}

/**
 * Ends the transaction. Numbers are given under a lock that is held until they can be seen: whoever has read one number
 * never meets a lower one later.
 */
function commit_with_changes(): void {
	one_at_a_time(
		'changes',
		function () {
			global $wpdb;
			foreach ( Noting::$noted as $change ) {
				insert_change( $change );
			}
			forget_changes();
			if ( false === $wpdb->query( 'COMMIT' ) ) {
				throw Refused::busy();
			}
		}
	);
}

function insert_change( array $change ): void {
	global $wpdb;
	$wpdb->insert(
		table( 'changes' ),
		$change + array(
			'account'    => get_current_user_id(),
			'changed_at' => gmdate( 'Y-m-d H:i:s' ),
		)
	);
}

/** People edit, unpublish and trash here too. */
function note_what_people_do( int $id, WP_Post $post ): void {
	if ( 'post' !== $post->post_type || Noting::$by_desk ) {
		return;
	}
	$edition = edition_of_post( $id );
	if ( $edition ) {
		note_now( $edition, 'portal', state_of( $edition, $post ), version_of( $post ) );
	}
}

function note_what_people_delete( int $id, WP_Post $post ): void {
	$edition = 'post' === $post->post_type && ! Noting::$by_desk ? edition_of_post( $id ) : null;
	if ( $edition ) {
		note_now( $edition, 'portal_delete', state_of( $edition, null ), GONE );
	}
}

/** What people do must not fail for our sake: a change that cannot be numbered in time is left out, and found by asking. */
function note_now( object $edition, string $act, string $state, string $version ): void {
	$change = array(
		'article' => $edition->article,
		'post_id' => $edition->post_id,
		'act'     => $act,
		'state'   => $state,
		'version' => $version,
	);
	try {
		one_at_a_time(
			'changes',
			function () use ( $change ) {
				insert_change( $change );
			}
		);
	} catch ( Refused $refused ) {
		return;
	}
}

/** Returns changes after a number, each only to whom the article may be edited by. */
function changes_after( int $after, int $most ): array {
	global $wpdb;
	$rows = $wpdb->get_results(
		$wpdb->prepare( 'SELECT * FROM ' . table( 'changes' ) . ' WHERE seq > %d ORDER BY seq LIMIT %d', $after, $most ) // phpcs:ignore WordPress.DB
	);
	$told = array();
	foreach ( $rows as $row ) {
		$after = (int) $row->seq;
		if ( may_see( $row->post_id ) ) {
			$told[] = told_change( $row );
		}
	}
	return array(
		'changes' => $told,
		'next'    => (string) $after,
		'more'    => count( $rows ) === $most,
	);
}

function may_see( ?string $post ): bool {
	return current_user_can( 'edit_others_posts' )
		|| ( null !== $post && get_post( (int) $post ) && current_user_can( 'edit_post', (int) $post ) );
}

function told_change( object $row ): array {
	return array(
		'seq'        => (string) $row->seq,
		'article'    => $row->article,
		'remote_id'  => (string) $row->post_id,
		'act'        => $row->act,
		'state'      => $row->state,
		'version'    => $row->version,
		'account'    => (int) $row->account,
		'changed_at' => rfc3339( $row->changed_at ),
	);
}

/** WordPress's times in UTC have no zone. */
function rfc3339( string $time ): string {
	return str_replace( ' ', 'T', $time ) . 'Z';
}

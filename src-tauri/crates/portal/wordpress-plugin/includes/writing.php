<?php
/**
 * Writing a page, and taking it away. The writing itself is left to WordPress's own API: it knows who may do what,
 * which HTML an account may use, and tells the site's other plugins.
 *
 * @package Toasoan
 */

namespace Toasoan;

use WP_Post;
use WP_REST_Request;

defined( 'ABSPATH' ) || exit;

/** Makes the page what was decided, if what is there is what the desk has seen. */
function written( array $wish, ?object $edition ): array {
	refuse_killed( $edition );
	refuse_unseen( $wish, $edition );
	$id = save_post( fields_for( $wish, $edition ), post_of( $edition ) );
	save_data( $id, $wish );
	$post    = get_post( $id );
	$notices = $edition ? json_decode( $edition->corrections, true ) : array();
	if ( '' !== $wish['correction_notice'] ) {
		$notices[] = array(
			'made_at' => gmdate( 'Y-m-d\TH:i:s\Z' ),
			'notice'  => $wish['correction_notice'],
		);
	}
	keep_edition(
		place_of( $post ) + array(
			'article'      => $wish['article'],
			'story'        => $wish['story'],
			'post_id'      => $id,
			'language'     => $wish['language'],
			'state'        => LIVE,
			'decision'     => $wish['decision'],
			'content_hash' => $wish['content_hash'],
			'version'      => version_of( $post ),
			'pictures'     => wp_json_encode( array_column( $wish['pictures'], 'hash' ) ),
			'corrections'  => wp_json_encode( $notices ),
		)
	);
	give_words( $wish['pictures'] );
	return noted( $wish );
}

/** Takes a page away. A kill is never too late: what somebody did there meanwhile does not keep it. */
function removed( array $wish, ?object $edition ): array {
	refuse_removal( $wish, $edition );
	list( $state, $status ) = REMOVING[ $wish['act'] ];
	$post = post_of( $edition );
	$place = $post && 'publish' === $post->post_status ? place_of( $post ) : array(); // people may have moved it
	if ( $post && $status !== $post->post_status ) {
		take_off( $post, $status );
	}
	$post = post_of( $edition ); // a site without a trash has deleted it
	keep_edition(
		$place + array(
			'article'       => $wish['article'],
			'story'         => $wish['story'],
			'state'         => $state,
			'decision'      => $wish['decision'],
			'version'       => $post ? version_of( $post ) : GONE,
			'public_notice' => $wish['public_notice'],
			'reason'        => $wish['reason'],
		)
	);
	return noted( $wish );
}

function refuse_removal( array $wish, ?object $edition ): void {
	if ( ! $edition && 'kill' !== $wish['act'] ) {
		throw Refused::because( 'not_found', 404, __( 'This article is not on the portal.', 'toasoan' ) );
	}
	$post = post_of( $edition );
	if ( $post && 'unpublish' !== $wish['act'] && ! current_user_can( 'delete_post', $post->ID ) ) {
		throw Refused::because( 'may_not_remove', 403, __( 'This account may not take that article away; ask for the role of editor.', 'toasoan' ) );
	}
	if ( 'kill' !== $wish['act'] ) {
		refuse_killed( $edition );
	}
	if ( 'unpublish' === $wish['act'] && null !== $wish['base'] ) {
		refuse_unseen( $wish, $edition );
	}
}

/** Notes the change and returns the receipt. */
function noted( array $wish ): array {
	$edition = edition_of( $wish['article'] );
	note_change(
		array(
			'article' => $edition->article,
			'post_id' => $edition->post_id,
			'act'     => $wish['act'],
			'state'   => $edition->state,
			'version' => $edition->version,
		)
	);
	return receipt( $wish, $edition );
}

function refuse_killed( ?object $edition ): void {
	if ( $edition && KILLED === $edition->state ) {
		throw Refused::because( 'killed', 409, __( 'This article was killed, which is final; a new article is needed.', 'toasoan' ) );
	}
}

/** Nothing unseen is overwritten. The answer says what there is. */
function refuse_unseen( array $wish, ?object $edition ): void {
	$now  = version_now( $edition );
	$base = $wish['base'];
	if ( $base === $now || ( null === $base && nothing_is_lost( $edition, $now ) ) ) {
		return;
	}
	$words = __( 'What is on the portal is not what the desk last saw; nothing was overwritten.', 'toasoan' );
	$data  = array(
		'current'     => $edition ? told_edition( $edition ) : null,
		'last_change' => $edition && $edition->post_id ? last_change( (int) $edition->post_id ) : null,
	);
	throw null === $base
		? Refused::because( 'exists', 409, $words, $data )
		: Refused::because( 'stale_version', 412, $words, $data );
}

/** A desk that believes that nothing is live may write where nothing of anybody's is: over its own draft, and over what it took away. */
function nothing_is_lost( ?object $edition, ?string $now ): bool {
	if ( null === $now ) {
		return true;
	}
	return in_array( $edition->state, array( DRAFT, UNPUBLISHED, TAKEN_DOWN ), true ) && $now === $edition->version;
}

/** Who changed it there last, and when, as far as its revisions tell. */
function last_change( int $post ): ?array {
	$newest = current( wp_get_post_revisions( $post, array( 'numberposts' => 1 ) ) );
	if ( ! $newest ) {
		return null;
	}
	$user = get_userdata( (int) $newest->post_author );
	return array(
		'name' => $user ? $user->display_name : '',
		'at'   => rfc3339( $newest->post_modified_gmt ),
	);
}

/** Its address stays once it was public, and so do terms and the author that were given it here. */
function fields_for( array $wish, ?object $edition ): array {
	$fields = array( 'status' => 'publish' ) + $wish['fields'];
	$post   = post_of( $edition );
	if ( ! $post ) {
		return $fields;
	}
	unset( $fields['author'] );
	if ( DRAFT !== $edition->state && 'trash' !== $post->post_status ) {
		unset( $fields['slug'] );
	}
	$fields['tags'] = array_values( array_unique( array_merge( wp_get_post_tags( $post->ID, array( 'fields' => 'ids' ) ), $fields['tags'] ) ) );
	if ( ! empty( $fields['categories'] ) && 'publish' === $post->post_status ) {
		$fields['categories'] = array_values( array_unique( array_merge( wp_get_post_categories( $post->ID ), $fields['categories'] ) ) );
	}
	return $fields;
}

/** Writes the post by WordPress's own API and returns its id. */
function save_post( array $fields, ?WP_Post $post ): int {
	$request = new WP_REST_Request( 'POST', '/wp/v2/posts' . ( $post ? "/{$post->ID}" : '' ) );
	$request->set_body_params( $fields );
	$request->set_param( 'context', 'edit' );
	$request->set_param( '_fields', 'id,status' );
	$response = rest_do_request( $request );
	if ( $response->is_error() ) {
		throw new Refused( $response->as_error() );
	}
	$written = $response->get_data();
	if ( 'publish' !== $written['status'] ) {
		/* translators: %s: a post's status */
		$words = sprintf( __( 'The portal would keep the article as “%s” and not as published; nothing was changed.', 'toasoan' ), $written['status'] );
		throw Refused::because( 'not_published', 409, $words );
	}
	return (int) $written['id'];
}

/**
 * Keeps as data what WordPress has no field for. The keys begin with an underscore: neither its API nor its editor shows
 * them, and readers get only what the page itself says.
 */
function save_data( int $post, array $wish ): void {
	$data = array(
		'article'      => $wish['article'],
		'language'     => $wish['language'],
		'byline'       => $wish['byline'],
		'source_paper' => $wish['source_paper'],
		'source_url'   => $wish['source_url'],
		'source_date'  => $wish['source_date'],
		'pictures'     => $wish['pictures'],
	);
	foreach ( $data as $name => $value ) {
		update_post_meta( $post, "_toasoan_$name", wp_slash( $value ) );
	}
}

function take_off( WP_Post $post, string $status ): void {
	$done = 'trash' === $status
		? wp_trash_post( $post->ID )
		: wp_update_post(
			array(
				'ID'          => $post->ID,
				'post_status' => $status,
			)
		);
	if ( ! $done || is_wp_error( $done ) || get_post_status( $post->ID ) === 'publish' ) {
		throw Refused::because( 'not_removed', 500, __( 'WordPress did not take the article off; another plugin may keep it.', 'toasoan' ) );
	}
}

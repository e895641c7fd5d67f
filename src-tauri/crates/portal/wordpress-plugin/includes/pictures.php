<?php
/**
 * Pictures, known by the SHA-256 of their bytes: none is here twice.
 *
 * @package Toasoan
 */

namespace Toasoan;

defined( 'ABSPATH' ) || exit;

/** Largest picture that is taken, in bytes. */
const LARGEST_PICTURE = 100 * MB_IN_BYTES;

/** Types that a newsroom's pictures have, and their endings. */
const PICTURE_TYPES = array(
	IMAGETYPE_JPEG => 'jpg',
	IMAGETYPE_PNG  => 'png',
	IMAGETYPE_WEBP => 'webp',
);

/** A server that dies twice while it makes the sizes would die again: the picture is shown as it came. */
const MOST_TRIES = 2;

/** Says of each hash whether its picture is here: `known` and `lacking`. */
function pictures_known( array $hashes ): array {
	require_once ABSPATH . 'wp-admin/includes/image.php';
	$answer = array(
		'known'   => array(),
		'lacking' => array(),
	);
	foreach ( array_unique( $hashes ) as $hash ) {
		$row = picture_row( $hash ) ?? found_in_library( $hash );
		if ( $row && is_ready( $row ) ) {
			$answer['known'][] = told_picture( $row );
		} else {
			$answer['lacking'][] = $hash;
		}
	}
	return $answer;
}

/** Takes a picture in; one that is here already is only finished. */
function take_picture( string $hash, string $bytes ): array {
	if ( ! hash_equals( $hash, hash( 'sha256', $bytes ) ) ) {
		throw Refused::because( 'digest_mismatch', 400, __( 'The picture arrived damaged.', 'toasoan' ) );
	}
	require_once ABSPATH . 'wp-admin/includes/image.php';
	ignore_user_abort( true );
	return one_at_a_time(
		"picture $hash",
		function () use ( $hash, $bytes ) {
			$row = picture_row( $hash ) ?? found_in_library( $hash ) ?? new_picture( $hash, $bytes );
			make_sizes( $row );
			return told_picture( $row );
		}
	);
}

/** Returns a picture's row, if its attachment is still there: somebody may have deleted it. */
function picture_row( string $hash ): ?object {
	global $wpdb;
	$row = $wpdb->get_row( $wpdb->prepare( 'SELECT * FROM ' . table( 'pictures' ) . ' WHERE hash = %s', $hash ) ); // phpcs:ignore WordPress.DB
	if ( $row && ! get_attached_file( (int) $row->attachment ) ) {
		$wpdb->delete( table( 'pictures' ), array( 'hash' => $hash ) );
		return null;
	}
	return $row;
}

/** Returns a picture that the desk uploaded before the plugin came, under a name made of its hash. */
function found_in_library( string $hash ): ?object {
	global $wpdb;
	$name  = 'toasoan-' . substr( $hash, 0, 16 );
	$found = $wpdb->get_col(
		$wpdb->prepare(
			"SELECT ID FROM {$wpdb->posts} WHERE post_type = 'attachment' AND post_name IN ( %s, %s, %s ) ORDER BY ID",
			$name,
			"$name-2",
			"$name-3"
		)
	);
	foreach ( $found as $id ) {
		$file = wp_get_original_image_path( (int) $id );
		if ( $file && is_readable( $file ) && hash_equals( $hash, hash_file( 'sha256', $file ) ) ) {
			return keep_picture( $hash, (int) $id, true );
		}
	}
	return null;
}

function keep_picture( string $hash, int $attachment, bool $has_words ): object {
	global $wpdb;
	$row = array(
		'hash'       => $hash,
		'attachment' => $attachment,
		'has_words'  => (int) $has_words,
	);
	$wpdb->replace( table( 'pictures' ), $row );
	return (object) ( $row + array( 'tries' => 0 ) );
}

function new_picture( string $hash, string $bytes ): object {
	$size = getimagesizefromstring( $bytes );
	$ends = $size ? ( PICTURE_TYPES[ $size[2] ] ?? null ) : null;
	if ( ! $ends ) {
		throw Refused::because( 'not_a_picture', 400, __( 'This is no JPEG, PNG or WebP picture.', 'toasoan' ) );
	}
	$name = 'toasoan-' . substr( $hash, 0, 16 );
	$file = wp_upload_bits( "$name.$ends", null, $bytes );
	if ( $file['error'] ) {
		throw Refused::because( 'not_kept', 500, wp_strip_all_tags( $file['error'] ) );
	}
	$id = wp_insert_attachment(
		wp_slash(
			array(
				'post_mime_type' => $size['mime'],
				'post_title'     => $name,
				'post_name'      => $name,
				'post_status'    => 'inherit',
			)
		),
		$file['file'],
		0,
		true
	);
	if ( is_wp_error( $id ) ) {
		wp_delete_file( $file['file'] );
		throw new Refused( $id );
	}
	return keep_picture( $hash, $id, false );
}

/** The sizes may take a server longer than it has: the picture is known before, and they are gone on with next time. */
function make_sizes( object $row ): void {
	global $wpdb;
	if ( is_ready( $row ) ) {
		return;
	}
	$wpdb->query( $wpdb->prepare( 'UPDATE ' . table( 'pictures' ) . ' SET tries = tries + 1 WHERE hash = %s', $row->hash ) ); // phpcs:ignore WordPress.DB
	$id   = (int) $row->attachment;
	$file = get_attached_file( $id );
	wp_update_attachment_metadata( $id, wp_generate_attachment_metadata( $id, $file ) );
}

function is_ready( object $row ): bool {
	if ( (int) $row->tries >= MOST_TRIES ) {
		return true;
	}
	$about = wp_get_attachment_metadata( (int) $row->attachment );
	return ! empty( $about['width'] ) && ! wp_get_missing_image_subsizes( (int) $row->attachment );
}

/** The size a page shows, where WordPress has made it. */
function told_picture( object $row ): array {
	$id    = (int) $row->attachment;
	$large = image_get_intermediate_size( $id, 'large' );
	return array(
		'hash' => $row->hash,
		'id'   => $id,
		'url'  => $large ? wp_get_attachment_image_url( $id, 'large' ) : wp_get_attachment_url( $id ),
		'size' => $large ? 'large' : 'full',
	);
}

/** Caption, credit and alt text go into the library where the picture has none of ours yet: what people wrote there stays. */
function give_words( array $pictures ): void {
	global $wpdb;
	foreach ( $pictures as $picture ) {
		$row = picture_row( $picture['hash'] );
		if ( ! $row || $row->has_words ) {
			continue;
		}
		$id      = (int) $row->attachment;
		$caption = esc_html( $picture['caption'] );
		$credit  = esc_html( $picture['credit_line'] );
		$both    = '' !== $caption && '' !== $credit ? "$caption ($credit)" : $caption . $credit;
		wp_update_post(
			wp_slash(
				array(
					'ID'           => $id,
					'post_excerpt' => $both,
				)
			)
		);
		update_post_meta( $id, '_wp_attachment_image_alt', wp_slash( $picture['alt'] ) );
		update_post_meta( $id, '_toasoan_credit_line', wp_slash( $picture['credit_line'] ) );
		$wpdb->update( table( 'pictures' ), array( 'has_words' => 1 ), array( 'hash' => $picture['hash'] ) );
	}
}

/** After a kill: its pictures go, files and all, except those that something else shows. Returns how many went. */
function remove_pictures_of( string $article ): int {
	$edition = edition_of( $article );
	if ( ! $edition || KILLED !== $edition->state ) {
		return 0;
	}
	$removed = 0;
	foreach ( json_decode( $edition->pictures, true ) as $hash ) {
		$row = picture_row( $hash );
		if ( $row && ! is_shown_elsewhere( $row, $edition ) && wp_delete_attachment( (int) $row->attachment, true ) ) {
			++$removed;
		}
	}
	return $removed;
}

function is_shown_elsewhere( object $row, object $edition ): bool {
	global $wpdb;
	$of_editions = $wpdb->get_var(
		$wpdb->prepare(
			'SELECT 1 FROM ' . table( 'editions' ) . ' WHERE article <> %s AND state <> %s AND pictures LIKE %s LIMIT 1', // phpcs:ignore WordPress.DB
			$edition->article,
			KILLED,
			'%' . $wpdb->esc_like( $row->hash ) . '%'
		)
	);
	$of_posts    = $wpdb->get_var(
		$wpdb->prepare(
			"SELECT 1 FROM {$wpdb->posts} LEFT JOIN {$wpdb->postmeta} ON post_id = ID AND meta_key = '_thumbnail_id'
			WHERE ID <> %d AND post_type NOT IN ( 'revision', 'attachment' ) AND post_status <> 'trash'
				AND ( post_content LIKE %s OR meta_value = %s ) LIMIT 1",
			(int) $edition->post_id,
			'%wp-image-' . $row->attachment . '"%',
			$row->attachment
		)
	);
	return $of_editions || $of_posts;
}

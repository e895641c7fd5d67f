<?php
/**
 * The plugin's part of the REST API, `toasoan/v1`. Who asks signs in as for the rest of it: with an application password,
 * which WordPress takes over https only. Reading needs the right to edit posts, writing that to publish them; what is
 * done to one post needs the right to edit that post.
 *
 * @package Toasoan
 */

namespace Toasoan;

use WP_REST_Request;
use WP_REST_Response;
use WP_REST_Server;

defined( 'ABSPATH' ) || exit;

const ROOT = 'toasoan/v1';

/** Largest decision that is taken, in bytes of JSON. */
const LARGEST_DECISION = 8 * MB_IN_BYTES;

add_action( 'rest_api_init', __NAMESPACE__ . '\routes' );

function routes(): void {
	$decision = '/decisions/(?P<decision>' . UUID . ')';
	route( '/about', WP_REST_Server::READABLE, 'answer_about', 'may_read' );
	route( $decision, WP_REST_Server::READABLE, 'answer_receipt', 'may_read', receipt_fields() );
	route( $decision, 'PUT', 'answer_decision', 'may_publish', decision_fields() );
	route( '/editions/(?P<article>' . UUID . ')', WP_REST_Server::READABLE, 'answer_edition', 'may_read' );
	route( '/pictures/known', WP_REST_Server::CREATABLE, 'answer_pictures', 'may_read', array( 'hashes' => list_of( hash_field(), 200 ) ) );
	route( '/pictures/(?P<hash>' . HASH . ')', 'PUT', 'answer_picture', 'may_upload' );
	route( '/changes', WP_REST_Server::READABLE, 'answer_changes', 'may_read', change_fields() );
}

function route( string $path, string $method, string $answers, string $may, array $fields = array() ): void {
	register_rest_route(
		ROOT,
		$path,
		array(
			'methods'             => $method,
			'callback'            => __NAMESPACE__ . "\\$answers",
			'permission_callback' => __NAMESPACE__ . "\\$may",
			'args'                => $fields,
		)
	);
}

function may_read(): bool {
	return current_user_can( 'edit_posts' );
}

function may_publish(): bool {
	return current_user_can( 'publish_posts' );
}

function may_upload(): bool {
	return current_user_can( 'upload_files' );
}

function answer_about(): WP_REST_Response {
	return answered(
		function () {
			return array(
				'version'          => VERSION,
				'transactional'    => posts_are_transactional(),
				'acts'             => array_merge( WRITING, array_keys( REMOVING ) ),
				'largest_decision' => LARGEST_DECISION,
				'largest_picture'  => LARGEST_PICTURE,
			);
		}
	);
}

function answer_decision( WP_REST_Request $request ): WP_REST_Response {
	return answered(
		function () use ( $request ) {
			if ( strlen( $request->get_body() ) > LARGEST_DECISION ) {
				throw Refused::because( 'too_large', 413, __( 'The article is too large: at most 8 MB are taken.', 'toasoan' ) );
			}
			$answer = decide( wish_of( $request ) );
			return new WP_REST_Response( $answer, $answer['repeated'] ? 200 : 201 );
		}
	);
}

/** Takes only what is named here; the checks of `decision_fields` have been made. */
function wish_of( WP_REST_Request $request ): array {
	$wish = array();
	foreach ( array_keys( decision_fields() ) as $name ) {
		$wish[ $name ] = $request->get_param( $name );
	}
	$wish['decision'] = $request->get_url_params()['decision'];
	if ( in_array( $wish['act'], WRITING, true ) && ( ! $wish['fields'] || '' === $wish['content_hash'] ) ) {
		throw Refused::because( 'malformed', 400, __( 'The decision comes without its article.', 'toasoan' ) );
	}
	return $wish;
}

function answer_receipt( WP_REST_Request $request ): WP_REST_Response {
	return answered(
		function () use ( $request ) {
			return receipt_asked_for( $request['decision'], $request['article'], $request['story'], $request['remote_id'] );
		}
	);
}

function answer_edition( WP_REST_Request $request ): WP_REST_Response {
	return answered(
		function () use ( $request ) {
			$article = $request['article'];
			$edition = edition_of( $article ) ?? adopted( $article, $article, null );
			if ( ! $edition ) {
				throw Refused::because( 'not_found', 404, __( 'This article is not on the portal.', 'toasoan' ) );
			}
			refuse_strangers( $edition );
			return told_edition( $edition );
		}
	);
}

function answer_pictures( WP_REST_Request $request ): WP_REST_Response {
	return answered(
		function () use ( $request ) {
			return pictures_known( $request['hashes'] );
		}
	);
}

function answer_picture( WP_REST_Request $request ): WP_REST_Response {
	return answered(
		function () use ( $request ) {
			$bytes = $request->get_body();
			if ( strlen( $bytes ) > LARGEST_PICTURE ) {
				throw Refused::because( 'too_large', 413, __( 'The picture is too large: at most 100 MB are taken.', 'toasoan' ) );
			}
			return take_picture( $request['hash'], $bytes );
		}
	);
}

function answer_changes( WP_REST_Request $request ): WP_REST_Response {
	return answered(
		function () use ( $request ) {
			return changes_after( (int) $request['after'], (int) $request['limit'] );
		}
	);
}

function decision_fields(): array {
	return array(
		'act'               => array(
			'type'     => 'string',
			'enum'     => array_merge( WRITING, array_keys( REMOVING ) ),
			'required' => true,
		),
		'article'           => uuid_field( true ),
		'story'             => uuid_field( true ),
		'base'              => array(
			'type'      => array( 'string', 'null' ),
			'maxLength' => 100,
			'default'   => null,
		),
		'remote_id'         => id_field(),
		'content_hash'      => hash_field() + array( 'default' => '' ),
		'language'          => array( 'pattern' => '^[A-Za-z0-9-]*$' ) + words( 35 ),
		'fields'            => post_fields(),
		'byline'            => words( 1000 ),
		'source_paper'      => words( 1000 ),
		'source_url'        => words( 4000 ),
		'source_date'       => words( 40 ),
		'pictures'          => list_of( picture_fields(), 500 ) + array( 'default' => array() ),
		'correction_notice' => words( 10000 ),
		'public_notice'     => words( 10000 ),
		'reason'            => words( 10000 ),
	);
}

/** The fields of WordPress's own API that are handed on to it; it checks what is in them. */
function post_fields(): array {
	$text = array( 'type' => 'string' );
	$ids  = array(
		'type'     => 'array',
		'items'    => array( 'type' => 'integer' ),
		'maxItems' => 500,
	);
	return array(
		'type'                 => 'object',
		'additionalProperties' => false,
		'default'              => array(),
		'properties'           => array(
			'title'          => $text,
			'excerpt'        => $text,
			'content'        => $text,
			'slug'           => $text,
			'featured_media' => array( 'type' => 'integer' ),
			'categories'     => $ids,
			'tags'           => $ids,
			'author'         => array( 'type' => 'integer' ),
		),
	);
}

function picture_fields(): array {
	return array(
		'type'                 => 'object',
		'additionalProperties' => false,
		'properties'           => array(
			'hash'        => array( 'required' => true ) + hash_field(),
			'attachment'  => array( 'type' => 'integer' ),
			'caption'     => words( 10000 ),
			'credit_line' => words( 2000 ),
			'alt'         => words( 10000 ),
		),
	);
}

function receipt_fields(): array {
	return array(
		'article'   => uuid_field( false ),
		'story'     => uuid_field( false ),
		'remote_id' => id_field(),
	);
}

function change_fields(): array {
	return array(
		'after' => array(
			'type'    => 'integer',
			'minimum' => 0,
			'default' => 0,
		),
		'limit' => array(
			'type'    => 'integer',
			'minimum' => 1,
			'maximum' => 500,
			'default' => 100,
		),
	);
}

function uuid_field( bool $required ): array {
	return array(
		'type'     => 'string',
		'pattern'  => '^(' . UUID . ')' . ( $required ? '$' : '?$' ),
		'required' => $required,
		'default'  => $required ? null : '',
	);
}

function hash_field(): array {
	return array(
		'type'    => 'string',
		'pattern' => '^(' . HASH . ')?$',
	);
}

function id_field(): array {
	return array(
		'type'    => array( 'integer', 'null' ),
		'minimum' => 1,
		'default' => null,
	);
}

function words( int $most ): array {
	return array(
		'type'      => 'string',
		'maxLength' => $most,
		'default'   => '',
	);
}

function list_of( array $item, int $most ): array {
	return array(
		'type'     => 'array',
		'items'    => $item,
		'maxItems' => $most,
	);
}

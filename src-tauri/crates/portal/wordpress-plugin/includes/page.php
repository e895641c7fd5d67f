<?php
/**
 * What a public page says of itself beside what is read on it: its language, the other language editions of the story,
 * and the article as data (schema.org), with the credits of its pictures.
 *
 * @package Toasoan
 */

namespace Toasoan;

use WP_Post;

defined( 'ABSPATH' ) || exit;

add_filter( 'language_attributes', __NAMESPACE__ . '\page_language', 20, 2 );
add_action( 'wp_head', __NAMESPACE__ . '\print_editions', 5 );
add_action( 'wp_head', __NAMESPACE__ . '\print_data', 20 );

/** Returns the article that this page shows alone, if the desk published it. */
function shown_edition(): ?object {
	static $shown = false;
	if ( did_action( 'wp' ) && false === $shown ) {
		$shown = is_singular( 'post' ) ? edition_of_post( (int) get_queried_object_id() ) : null;
	}
	return $shown ? $shown : null;
}

/** The page is in the language of its article. Which way its frame runs stays the theme's: the text says its own. */
function page_language( string $attributes, string $doctype ): string {
	$edition = is_admin() ? null : shown_edition();
	if ( ! $edition || '' === $edition->language ) {
		return $attributes;
	}
	$language = 'xhtml' === $doctype ? 'xml:lang' : 'lang';
	return preg_replace( '/(?<![\w:-])' . $language . '="[^"]*"/', $language . '="' . esc_attr( $edition->language ) . '"', $attributes, 1 );
}

/** Names the language editions of a story to search engines, this one too (RFC 8288, `hreflang`). */
function print_editions(): void {
	$edition  = shown_edition();
	$editions = $edition ? live_editions( $edition->story ) : array();
	if ( count( $editions ) < 2 ) {
		return;
	}
	foreach ( $editions as $one ) {
		printf( "<link rel=\"alternate\" hreflang=\"%s\" href=\"%s\" />\n", esc_attr( $one->language ), esc_url( get_permalink( (int) $one->post_id ) ) );
	}
}

/** Returns the public editions of a story, of each language the first. */
function live_editions( string $story ): array {
	global $wpdb;
	$rows = $wpdb->get_results(
		$wpdb->prepare(
			'SELECT * FROM ' . table( 'editions' ) . " JOIN {$wpdb->posts} ON ID = post_id
			WHERE story = %s AND language <> '' AND post_status = 'publish' ORDER BY ID LIMIT 200", // phpcs:ignore WordPress.DB
			$story
		)
	);
	$by_language = array();
	foreach ( $rows as $row ) {
		$by_language += array( $row->language => $row );
	}
	return array_values( $by_language );
}

/** Prints the article as data. Another plugin that does so already can take it out: `add_filter( 'toasoan_json_ld', '__return_empty_array' )`. */
function print_data(): void {
	$edition = shown_edition();
	$post    = post_of( $edition );
	$data    = $post ? apply_filters( 'toasoan_json_ld', news_article( $edition, $post ), $post ) : array();
	if ( $data ) {
		// JSON_HEX_TAG: no word of an article ends the script. The rest stays readable to whoever looks.
		$json = wp_json_encode( $data, JSON_HEX_TAG | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE );
		echo "<script type=\"application/ld+json\">$json</script>\n"; // phpcs:ignore WordPress.Security.EscapeOutput -- JSON, see above
	}
}

/** Returns the page as schema.org's NewsArticle. */
function news_article( object $edition, WP_Post $post ): array {
	$byline      = said( $post, 'byline' );
	$paper       = said( $post, 'source_paper' );
	$url         = esc_url_raw( said( $post, 'source_url' ), array( 'http', 'https' ) );
	$corrections = array_map( __NAMESPACE__ . '\correction', json_decode( $edition->corrections, true ) );
	$data        = array(
		'@context'           => 'https://schema.org',
		'@type'              => 'NewsArticle',
		'mainEntityOfPage'   => get_permalink( $post ),
		'headline'           => plain( $post->post_title ),
		'description'        => plain( $post->post_excerpt ),
		'inLanguage'         => $edition->language,
		'datePublished'      => rfc3339( $post->post_date_gmt ),
		'dateModified'       => rfc3339( $post->post_modified_gmt ),
		'author'             => '' !== $byline ? array_filter( array( '@type' => 'Person', 'name' => $byline ) ) : null,
		'publisher'          => array(
			'@type' => 'Organization',
			'name'  => plain( get_bloginfo( 'name' ) ),
			'url'   => home_url( '/' ),
		),
		'sourceOrganization' => '' !== $paper ? array( '@type' => 'NewsMediaOrganization', 'name' => $paper ) : null,
		'isBasedOn'          => $url,
		'image'              => pictures_as_data( $post ),
		'workTranslation'    => translations( $edition ),
		'correction'         => $corrections,
	);
	return array_filter( $data );
}

/** Returns one of the words kept with a post. */
function said( WP_Post $post, string $name ): string {
	return (string) get_post_meta( $post->ID, "_toasoan_$name", true );
}

/** Fields of a post are HTML. */
function plain( string $html ): string {
	return html_entity_decode( wp_strip_all_tags( $html ), ENT_QUOTES, 'UTF-8' );
}

function correction( array $correction ): array {
	return array(
		'@type'         => 'CorrectionComment',
		'text'          => $correction['notice'],
		'datePublished' => $correction['made_at'],
	);
}

function pictures_as_data( WP_Post $post ): array {
	$pictures = get_post_meta( $post->ID, '_toasoan_pictures', true );
	$data     = array();
	foreach ( is_array( $pictures ) ? $pictures : array() as $picture ) {
		$id  = (int) ( $picture['attachment'] ?? 0 );
		$url = wp_get_attachment_url( $id );
		if ( $url ) {
			$about  = wp_get_attachment_metadata( $id );
			$data[] = array_filter(
				array(
					'@type'      => 'ImageObject',
					'contentUrl' => $url,
					'width'      => $about['width'] ?? 0,
					'height'     => $about['height'] ?? 0,
					'caption'    => $picture['caption'],
					'creditText' => $picture['credit_line'],
				)
			);
		}
	}
	return $data;
}

function translations( object $edition ): array {
	$others = array();
	foreach ( live_editions( $edition->story ) as $one ) {
		if ( $one->article !== $edition->article ) {
			$others[] = array(
				'@type'      => 'NewsArticle',
				'@id'        => get_permalink( (int) $one->post_id ),
				'inLanguage' => $one->language,
			);
		}
	}
	return $others;
}

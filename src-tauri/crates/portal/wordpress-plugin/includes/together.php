<?php
/**
 * One at a time, and all or nothing.
 *
 * @package Toasoan
 */

namespace Toasoan;

defined( 'ABSPATH' ) || exit;

/** So many seconds one request waits for another. */
const LONGEST_WAIT = 20;

/**
 * Does `work` while nobody else does the same to `what`. The lock is the connection's: it ends with this request,
 * however that ends. Where a cluster keeps such locks apart, the tables' unique keys still decide.
 *
 * @return mixed What `work` returns.
 * @throws Refused When somebody else is at it for too long.
 */
function one_at_a_time( string $what, callable $work ) {
	global $wpdb;
	$name = 'toasoan:' . substr( hash( 'sha256', DB_NAME . '|' . $wpdb->prefix . '|' . $what ), 0, 48 );
	if ( '1' !== $wpdb->get_var( $wpdb->prepare( 'SELECT GET_LOCK( %s, %d )', $name, LONGEST_WAIT ) ) ) {
		throw Refused::busy();
	}
	try {
		return $work();
	} finally {
		$wpdb->get_var( $wpdb->prepare( 'SELECT RELEASE_LOCK( %s )', $name ) );
	}
}

/**
 * Does `work` in one transaction: all of it is kept, or none.
 *
 * @return mixed What `work` returns.
 */
function all_or_nothing( callable $work ) {
	global $wpdb;
	// Not START TRANSACTION: after one that the database undid by itself, what follows must not be kept either.
	$wpdb->query( 'SET autocommit = 0' );
	try {
		$result = $work();
		commit_with_changes();
		return $result;
	} catch ( \Throwable $thrown ) {
		$wpdb->query( 'ROLLBACK' );
		forget_changes();
		throw $thrown;
	} finally {
		$wpdb->query( 'SET autocommit = 1' );
	}
}

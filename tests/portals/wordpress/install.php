<?php
/*
 * Installs WordPress in the site's folder, given as argument, with one user of every role; prints them as JSON.
 * Each has a password for the browser and an application password for the desk.
 */
list( , $site ) = $argv;
$_SERVER['HTTP_HOST']      = '127.0.0.1';
$_SERVER['REQUEST_METHOD'] = 'GET';
define( 'WP_INSTALLING', true );

// Nobody reads mail here; WordPress leaves these two to whoever defines them first.
function wp_mail() {
	return true;
}
function wp_new_blog_notification() {}

require "$site/www/wp-load.php";
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
require_once ABSPATH . 'wp-admin/includes/misc.php';

add_filter( 'pre_http_request', fn() => new WP_Error( 'offline', 'nothing is asked while installing' ) );

$admin = wp_install( 'Cổng thử', 'admin', 'admin@portal.test', true, '', 'password of admin', 'en_US' )['user_id'];
update_option( 'timezone_string', 'Asia/Ho_Chi_Minh' ); // not UTC: a mistaken zone shows
$GLOBALS['wp_rewrite']->set_permalink_structure( '/%year%/%monthnum%/%postname%/' );
$GLOBALS['wp_rewrite']->flush_rules();

$add = function ( string $name ): int {
	return wp_insert_user(
		array(
			'user_login'   => $name,
			'user_pass'    => "password of $name",
			'user_email'   => "$name@portal.test",
			'display_name' => ucfirst( $name ),
			'role'         => $name,
		)
	);
};

// The block editor opens without its welcome in front of the text.
$without_welcome = function ( int $user ): void {
	update_user_meta(
		$user,
		$GLOBALS['wpdb']->get_blog_prefix() . 'persisted_preferences',
		array(
			'core/edit-post' => array( 'welcomeGuide' => false, 'welcomeGuideTemplate' => false ),
			'core'           => array( 'enableChoosePatternModal' => false ),
			'_modified'      => gmdate( 'Y-m-d\TH:i:s.000\Z' ),
		)
	);
};

$users = array();
foreach ( array( 'admin', 'editor', 'author', 'contributor' ) as $name ) {
	$id = 'admin' === $name ? $admin : $add( $name );
	$without_welcome( $id );
	list( $for_the_desk ) = WP_Application_Passwords::create_new_application_password( $id, array( 'name' => 'tests' ) );
	$users[ $name ] = array(
		'id'                   => $id,
		'password'             => "password of $name",
		'application_password' => $for_the_desk,
	);
}
echo json_encode( $users ), "\n";

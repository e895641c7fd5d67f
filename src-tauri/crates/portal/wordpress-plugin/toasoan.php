<?php
/**
 * Plugin Name:       Tòa Soạn
 * Description:       Lets the Tòa Soạn desk publish here exactly once, never over what somebody else wrote, with credits, sources and languages as data.
 * Version:           0.1.0
 * Requires at least: 6.1
 * Requires PHP:      7.4
 * Author:            The Tòa Soạn developers
 * License:           MIT
 * License URI:       https://opensource.org/license/mit
 * Text Domain:       toasoan
 * Domain Path:       /languages
 *
 * @package Toasoan
 */

namespace Toasoan;

defined( 'ABSPATH' ) || exit;

const VERSION = '0.1.0';

require __DIR__ . '/includes/refused.php';
require __DIR__ . '/includes/tables.php';
require __DIR__ . '/includes/together.php';
require __DIR__ . '/includes/marker.php';
require __DIR__ . '/includes/changes.php';
require __DIR__ . '/includes/edition.php';
require __DIR__ . '/includes/decisions.php';
require __DIR__ . '/includes/writing.php';
require __DIR__ . '/includes/pictures.php';
require __DIR__ . '/includes/rest.php';
require __DIR__ . '/includes/page.php';
require __DIR__ . '/includes/gone.php';
require __DIR__ . '/includes/settings.php';

register_activation_hook( __FILE__, __NAMESPACE__ . '\activate' );

add_action( 'init', __NAMESPACE__ . '\load_words' );
add_action( 'init', __NAMESPACE__ . '\keep_tables' );

/** Makes the tables, or says why it cannot work here. */
function activate(): void {
	if ( is_multisite() ) {
		deactivate_plugins( plugin_basename( __FILE__ ) );
		wp_die(
			esc_html__( 'Tòa Soạn works on a single site, not in a network of sites. It was not activated.', 'toasoan' ),
			'',
			array( 'back_link' => true )
		);
	}
	make_tables();
}

function load_words(): void {
	load_plugin_textdomain( 'toasoan', false, dirname( plugin_basename( __FILE__ ) ) . '/languages' );
}

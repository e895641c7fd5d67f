<?php
/**
 * The one choice there is (Settings → Writing): whether the plugin's own records go when it is deleted.
 *
 * @package Toasoan
 */

namespace Toasoan;

defined( 'ABSPATH' ) || exit;

add_action( 'admin_init', __NAMESPACE__ . '\offer_choice' );

function offer_choice(): void {
	register_setting(
		'writing',
		'toasoan_remove_tables',
		array(
			'type'              => 'boolean',
			'default'           => false,
			'sanitize_callback' => 'rest_sanitize_boolean',
		)
	);
	add_settings_field(
		'toasoan_remove_tables',
		'Tòa Soạn',
		__NAMESPACE__ . '\print_choice',
		'writing',
		'default',
		array( 'label_for' => 'toasoan_remove_tables' )
	);
}

function print_choice(): void {
	printf(
		'<input type="checkbox" id="toasoan_remove_tables" name="toasoan_remove_tables" value="1" %s /> %s',
		checked( (bool) get_option( 'toasoan_remove_tables' ), true, false ),
		esc_html__( 'When the plugin is deleted, also delete its records: which post is which article, and what was decided. Articles and pictures always stay.', 'toasoan' )
	);
}

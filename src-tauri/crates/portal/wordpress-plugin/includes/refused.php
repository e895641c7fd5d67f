<?php
/**
 * A refusal in words: whoever finds that something may not be done throws it, and the request answers it.
 *
 * @package Toasoan
 */

namespace Toasoan;

use WP_Error;
use WP_REST_Response;

defined( 'ABSPATH' ) || exit;

/** Ends the work at hand; what was begun in it is undone. */
final class Refused extends \Exception {
	/** @var WP_Error */
	private $error;

	public function __construct( WP_Error $error ) {
		parent::__construct( $error->get_error_message() );
		$this->error = $error;
	}

	/**
	 * @param string $code   Ours, for programs.
	 * @param int    $status Of HTTP.
	 * @param string $words  A sentence for the person at the desk.
	 * @param array  $data   What else the desk needs to know.
	 */
	public static function because( string $code, int $status, string $words, array $data = array() ): self {
		return new self( new WP_Error( "toasoan_$code", $words, array( 'status' => $status ) + $data ) );
	}

	/** Something else is at work on the same; nothing was done. */
	public static function busy(): self {
		return self::because( 'busy', 503, __( 'The portal is at work on the same article; try again in a moment.', 'toasoan' ) );
	}

	public function response(): WP_REST_Response {
		$response = rest_convert_error_to_response( $this->error );
		if ( 503 === $response->get_status() ) {
			$response->header( 'Retry-After', '2' );
		}
		return $response;
	}
}

/** Answers a request with what `work` returns, or with its refusal. */
function answered( callable $work ): WP_REST_Response {
	try {
		return rest_ensure_response( $work() );
	} catch ( Refused $refused ) {
		return $refused->response();
	}
}

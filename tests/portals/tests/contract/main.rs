//! The contract of a portal: the same rows for the local portal and for a real WordPress, which keeps what it does not
//! promise by the adapter's help; and what only a real WordPress can teach.

mod afterwards;
mod cuts;
mod dropped;
mod kept;
mod later;
mod matrix;
mod meanwhile;
mod plugin;
mod roles;
mod rows;
mod site;
mod subject;
mod trouble;

use std::process::ExitCode;

use kept::On;
use portals::{SiteTest, Test, runtime};
use subject::Subject;

/// Every row, for either portal.
macro_rules! contract {
    ($($row:ident),* $(,)?) => {
        const ROWS: &[&str] = &[$(stringify!($row)),*];
        const ON_LOCAL: &[Test] = &[$((
            concat!("local_portal::", stringify!($row)),
            || runtime().block_on(async {
                kept::note(stringify!($row), On::Local, rows::$row(&Subject::local().await?).await)
            }),
        )),*];
        const ON_WORDPRESS: &[SiteTest] = &[$((
            concat!("wordpress::", stringify!($row)),
            |site| runtime().block_on(async {
                kept::note(stringify!($row), On::WordPress, rows::$row(&Subject::WordPress(site)).await)
            }),
        )),*];
        const WITH_PLUGIN: &[SiteTest] = &[$((
            concat!("with_plugin::", stringify!($row)),
            |site| runtime().block_on(async {
                let portal = Subject::with_plugin(site).await?;
                kept::note(stringify!($row), On::WithPlugin, rows::$row(&portal).await)
            }),
        )),*];
    };
}

contract![
    it_says_who_it_takes_the_desk_for,
    a_wrong_password_is_noticed,
    its_promises_are_what_it_does,
    a_picture_is_there_once_however_often_it_is_sent,
    every_part_is_on_the_public_page_once,
    what_is_live_is_told,
    the_same_decision_twice_has_one_effect,
    an_answer_lost_anywhere_leaves_one_article_and_three_pictures,
    a_request_lost_anywhere_leaves_one_article_and_three_pictures,
    who_answers_in_its_place_is_not_believed,
    what_was_never_sent_was_not_applied,
    an_edition_whose_picture_is_missing_is_not_published,
    a_correction_keeps_the_page,
    a_correction_that_loses_anything_is_made_once,
    what_the_desk_has_not_seen_is_not_overwritten,
    two_desks_at_once_publish_once,
    what_is_unpublished_is_gone_for_readers_and_may_return,
    what_is_taken_down_says_so_where_the_portal_can,
    what_is_killed_is_nowhere_any_more,
    a_kill_of_what_never_arrived_is_proven,
    a_desk_that_does_not_have_it_finds_and_reads_it,
];

/// What plain WordPress keeps by the adapter's help, it keeps with the plugin too: the tests of both, in this order.
macro_rules! without_and_with_plugin {
    ($($module:ident :: $test:ident),* $(,)?) => {{
        let plain: &[SiteTest] = portals::tests![$($module::$test),*];
        let with_plugin: &[SiteTest] = &[$((
            concat!("with_plugin::", stringify!($test)),
            |site| runtime().block_on(async {
                let _plugin = site.with_plugin().await?;
                $module::$test(site).await
            }),
        )),*];
        (plain, with_plugin)
    }};
}

fn main() -> ExitCode {
    let of_wordpress: &[SiteTest] = portals::tests![
        site::it_has_somebody_of_every_role,
        site::its_troubles_end_with_the_test,
        site::a_password_can_be_taken_back,
        roles::who_may_publish_publishes_the_seed_word_for_word,
        meanwhile::what_is_in_the_trash_is_not_made_again,
        trouble::a_server_that_dies_after_writing_is_asked,
        later::given_early_it_is_there_once_whatever_is_lost,
        later::what_is_due_in_a_moment_is_not_given_early,
    ];
    let (plain, again) = without_and_with_plugin![
        roles::a_contributor_is_refused_in_words_before_anything_is_made,
        roles::an_author_is_told_that_a_post_is_anothers,
        roles::two_accounts_at_once_publish_once,
        roles::a_password_that_was_taken_back_is_noticed_in_the_middle,
        meanwhile::what_somebody_wrote_there_is_never_overwritten_silently,
        meanwhile::a_site_that_keeps_no_revisions_is_not_overwritten_either,
        meanwhile::what_was_shown_may_be_replaced,
        meanwhile::a_post_in_the_trash_stays_there_until_somebody_decides,
        meanwhile::a_post_that_was_deleted_is_said_to_be_gone,
        meanwhile::a_post_taken_off_the_public_site_is_not_put_back_silently,
        site::it_is_found_without_pretty_addresses_too,
        dropped::a_category_it_does_not_know_is_reported,
        dropped::a_featured_picture_it_does_not_take_is_reported,
        dropped::words_become_terms_once,
        trouble::nothing_is_lost_while_the_server_is_in_trouble,
        trouble::a_server_that_is_slower_than_our_patience_is_waited_for,
        trouble::a_body_that_is_too_large_is_refused_in_words,
        trouble::a_web_server_that_refuses_says_so_in_words,
        later::what_is_given_early_is_seen_by_nobody_and_found_once_it_came_out,
        later::what_the_site_forgets_to_bring_out_the_desk_brings_out,
        later::what_is_taken_back_before_its_time_is_gone,
        later::what_was_to_go_later_goes_at_once_after_all,
        later::what_somebody_changed_while_it_waited_is_not_overwritten,
    ];
    let of_plugin: &[SiteTest] = portals::tests![
        plugin::every_file_is_php_and_carries_the_one_version,
        plugin::what_was_published_without_it_is_taken_in_and_given_back,
        plugin::a_draft_left_without_it_is_finished_unless_somebody_wrote_in_it,
        plugin::of_two_corrections_at_once_one_is_refused,
        plugin::another_content_under_the_same_key_is_refused,
        plugin::a_server_that_dies_in_the_middle_leaves_nothing_behind,
        plugin::a_decision_that_comes_again_changes_nothing,
        plugin::what_is_taken_away_is_gone_and_says_no_more,
        plugin::only_what_was_killed_never_comes_back,
        plugin::a_kill_leaves_pictures_that_others_show,
        plugin::changes_are_told_in_their_order,
        plugin::the_page_says_as_data_what_it_says_in_words,
        plugin::it_is_closed_to_whom_it_should_be,
        plugin::a_picture_that_is_none_or_arrived_damaged_is_refused,
        plugin::a_picture_given_twice_at_once_is_there_once,
        plugin::editions_of_a_story_do_not_touch_each_other,
        plugin::it_is_put_in_by_the_form_and_leaves_what_was_published,
        plugin::it_never_stumbled,
        kept::what_each_keeps_stands_in_the_docs,
    ];
    let long: &[SiteTest] = portals::tests![
        cuts::on_wordpress_at_every_header_and_drawn_bytes,
        cuts::with_plugin_at_every_header_and_drawn_bytes,
        matrix::on_wordpress_every_trouble_at_every_request,
        matrix::with_plugin_every_trouble_at_every_request,
    ];
    let on_local: &[Test] = &[
        ("cuts::after_any_byte_there_is_one_article_with_three_pictures", || {
            runtime().block_on(cuts::after_any_byte_there_is_one_article_with_three_pictures())
        }),
        ("matrix::every_trouble_at_every_act_on_our_own_portal", || {
            runtime().block_on(matrix::every_trouble_at_every_act_on_our_own_portal())
        }),
    ];
    let long = if cuts::is_long() { long } else { &[] };
    portals::conclude(
        &[ON_LOCAL, on_local].concat(),
        &[ON_WORDPRESS, WITH_PLUGIN, of_wordpress, plain, again, of_plugin, long].concat(),
    )
}

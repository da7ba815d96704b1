//! The tests that every service has, as one macro.

/// The tests of a [`Contract`](crate::contract::Contract) that every service has.
#[macro_export]
macro_rules! contract_tests {
    ($contract:expr) => {
        #[tokio::test]
        async fn every_operation_is_sent_as_documented() {
            $contract.requests_match_the_documents().await;
        }

        #[tokio::test]
        async fn a_call_shows_its_request_and_sends_nothing_before_it_is_awaited() {
            $contract.calls_show_their_request_and_send_nothing().await;
        }

        #[tokio::test]
        async fn a_call_outlives_its_client_and_can_be_spawned() {
            $contract.calls_can_be_spawned().await;
        }

        #[tokio::test]
        async fn every_status_means_what_it_should_and_a_500_to_a_once_is_not_repeated() {
            $contract.statuses_mean_what_they_should().await;
        }

        #[tokio::test]
        async fn an_error_without_a_body_means_the_same() {
            $contract.errors_without_a_body_mean_the_same().await;
        }

        #[tokio::test]
        async fn a_429_is_waited_for_as_the_server_asks_and_the_call_sent_again() {
            $contract.throttled_calls_are_repeated().await;
        }

        #[tokio::test]
        async fn the_servers_wait_goes_before_the_policys() {
            $contract.the_servers_wait_goes_before_the_policys().await;
        }

        #[tokio::test]
        async fn a_transient_server_error_is_repeated_where_that_is_safe() {
            $contract.passing_errors_are_repeated_where_that_is_safe().await;
        }

        #[tokio::test]
        async fn after_an_unknown_once_the_error_says_not_to_send_it_again() {
            $contract.unknown_onces_are_not_repeated().await;
        }

        #[tokio::test]
        async fn a_redirect_is_not_followed_and_the_error_names_its_origin() {
            $contract.redirects_are_not_followed().await;
        }

        #[tokio::test]
        async fn a_foreign_page_with_status_200_is_no_answer_of_the_service() {
            $contract.foreign_pages_are_refused().await;
        }

        #[tokio::test]
        async fn a_truncated_answer_was_an_answer_all_the_same() {
            $contract.truncated_answers_were_answers().await;
        }
    };
}

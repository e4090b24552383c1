"""O4, from distilling and from proposing, by hand."""

DAYS = 86_400_000


def case(history, metric, practice, until=365):
    row = history.cases(metric, until)[practice]
    return row["waited"] / DAYS, row["ended"], row["person"]


def test_waits_from_distilling_and_from_proposing_to_the_first_acceptance(history):
    history.distils("ann", "p", 10, "e1")
    history.proposes("bea", "p", 30)
    history.decides("p", 44)
    history.proposes("cas", "p", 100)
    history.decides("p", 110)
    assert case(history, "O4.from_distil", "p") == (34, True, "ann")
    assert case(history, "O4.from_propose", "p") == (14, True, "bea")


def test_a_returned_proposal_waits_from_the_first_time_it_was_proposed(history):
    history.distils("ann", "p", 0, "e1")
    history.proposes("ann", "p", 10)
    history.decides("p", 20, outcome="returned")
    history.proposes("bea", "p", 40)
    history.decides("p", 50)
    assert case(history, "O4.from_propose", "p") == (40, True, "ann")


def test_what_is_not_accepted_stays_open_to_the_end(history):
    history.distils("ann", "p", 0, "e1")
    history.proposes("ann", "p", 10)
    history.decides("p", 20, outcome="not_accepted")
    assert case(history, "O4.from_distil", "p", until=100) == (100, False, "ann")
    assert case(history, "O4.from_propose", "p", until=100) == (90, False, "ann")


def test_settling_a_challenge_is_no_acceptance(history):
    history.distils("ann", "p", 0, "e1")
    history.proposes("ann", "p", 10, matter="settlement")
    history.decides("p", 20, matter="settlement")
    assert case(history, "O4.from_distil", "p", until=100) == (100, False, "ann")
    assert history.cases("O4.from_propose") == {}


def test_the_window_is_about_the_beginning(history):
    for number in range(9):
        history.distils(f"m{number}", f"p{number}", number, "e1")
        history.decides(f"p{number}", 50)
    assert history.read("O4.from_distil", until=60).value == 46 * 86_400
    recent = history.read("O4.from_distil", until=60, window="58d")
    assert (recent.n, recent.events) == (6, 6)


def test_the_doers_are_those_whose_last_word_on_what_was_accepted_was_consent(history):
    history.distils("ann", "p", 0, "e1")
    history.proposes("ann", "p", 5)
    for who, stance, on in (
        *(("bea", "consent", 6), ("cas", "concern", 6), ("dov", "aside", 6), ("eli", "object", 6)),
        *(("eli", "consent", 7), ("fay", "consent", 7), ("fay", "object", 8)),
    ):
        history.stands(who, "p", on, stance)
    history.stands("hal", "p", 11)
    history.decides("p", 10)
    consented = {("p", "bea"), ("p", "cas"), ("p", "eli")}
    assert history.doers("O4.from_distil") == history.doers("O4.from_propose") == consented


def test_what_was_said_before_a_move_counts_unless_everybody_was_asked_again(history):
    history.distils("ann", "p", 0, "e1")
    history.proposes("ann", "p", 5)
    history.stands("bea", "p", 6)
    history.amends("p", 7)
    history.stands("cas", "p", 8, number=2)
    history.amends("p", 9, number=3, asked_again=False)
    history.stands("dov", "p", 9.5, number=3)
    history.decides("p", 10)
    history.amends("p", 11, number=4)
    assert history.doers("O4.from_propose") == {("p", "cas"), ("p", "dov")}


def test_what_somebody_entered_for_another_counts_for_neither(history):
    history.distils("ann", "p", 0, "e1")
    history.proposes("ann", "p", 5)
    history.entered("bea", "cas", "p", 6)
    history.stands("dov", "p", 6)
    history.entered("bea", "dov", "p", 7, stance="object")
    history.decides("p", 10)
    assert history.doers("O4.from_propose") == {("p", "dov")}


def test_who_consented_to_what_was_not_accepted_did_nothing_that_counts(history):
    history.distils("ann", "p", 0, "e1")
    history.stands("bea", "p", 6)
    history.decides("p", 10, outcome="returned")
    assert history.doers("O4.from_distil") == set()


def test_practices_are_followed_to_the_last_moment_seen(history):
    history.distils("ann", "p", 0, "e1")
    history.decides("p", 60)
    history.distils("ann", "later", 31, "e1")
    assert history.cases("O4.from_distil", until=30).keys() == {"p"}
    followed = history.cases("O4.from_distil", until=30, followed=90)
    assert [(one["case"], one["waited"] / DAYS) for one in followed.values()] == [("p", 60)]

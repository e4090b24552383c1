"""What is kept for a time only."""

from datetime import timedelta

from django.db.models import Q

from commonplace.corresponding.models import Letter, Notice, NotNow
from commonplace.ledger import clock, jobs

PUT_AWAY, UNREAD = timedelta(days=90), timedelta(days=365)
LETTERS = timedelta(days=90)


@jobs.job("corresponding.forget", when=jobs.every(timedelta(days=1)))
def forget() -> None:
    now = clock.now()
    over = Q(put_away_at__lt=now - PUT_AWAY) | Q(at__lt=now - UNREAD)
    Notice.objects.filter(over).everywhere("what nobody needs any more").delete()
    Letter.objects.filter(Q(sent_at__lt=now - LETTERS) | Q(ended_at__lt=now - LETTERS)).delete()
    back = Q(until__lt=now) | Q(at__lt=now - UNREAD)
    NotNow.objects.filter(back).everywhere("what is set aside no more").delete()

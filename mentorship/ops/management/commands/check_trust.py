from django.core.management.base import BaseCommand, CommandError

from mentorship.ops import trust


class Command(BaseCommand):
    help = "Show what guards private words and published figures; fail on any breach."
    requires_system_checks = ()

    def handle(self, *args, **options):
        breaches = 0
        for finding in trust.findings():
            breaches += not finding.ok
            self.stdout.write(
                f"{'ok    ' if finding.ok else 'BREACH'}  {finding.words}"
            )
        if breaches:
            raise CommandError(f"Breaches found: {breaches}")

from django.db import models
from django.db.models import Q
from django.utils import timezone


class PublishedStoryQuerySet(models.QuerySet):
    def standing(self, today):
        """Those whose last day has not passed, the newest first."""
        return self.filter(expires_on__gte=today).order_by("-shared_on", "id")

    def for_everybody(self, programs):
        """What everybody with an account may read, and everybody in these programs."""
        return self.filter(
            Q(audience="organization") | Q(audience="program", program_id__in=programs)
        )


class PublishedStory(models.Model):
    """A story that both of a pair agreed to, as they agreed to it, without a name; a
    win may have a measure beside it. Rows are inserted and deleted, never changed."""

    id = models.UUIDField(primary_key=True, editable=False)
    program_id = models.UUIDField()
    kind = models.TextField()
    side = models.TextField()
    title = models.TextField(default="")
    words = models.TextField()
    url = models.TextField(default="")
    function = models.TextField(default="")
    audience = models.TextField()
    shared_on = models.DateField(default=timezone.localdate)
    expires_on = models.DateField()
    measure = models.TextField(default="")
    unit = models.TextField(default="")
    source = models.TextField(default="")
    before_value = models.DecimalField(max_digits=12, decimal_places=3, null=True)
    before_people = models.IntegerField(null=True)
    before_on = models.DateField(null=True)
    now_value = models.DecimalField(max_digits=12, decimal_places=3, null=True)
    now_people = models.IntegerField(null=True)
    now_on = models.DateField(null=True)
    others_value = models.DecimalField(max_digits=12, decimal_places=3, null=True)
    others_people = models.IntegerField(null=True)
    others_on = models.DateField(null=True)

    objects = PublishedStoryQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = 'published"."story'
        ordering = ["-shared_on"]

    def __str__(self):
        return "a published story"

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "commonplace.web.settings")
application = get_wsgi_application()
import_module(settings.ROOT_URLCONF)  # Now, so that the first visitor does not wait for it.

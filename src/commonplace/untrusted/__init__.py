"""Every door for outside data: Markdown and HTML, XML, archives, documents. Nothing else may open one."""

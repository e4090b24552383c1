"""Every door for outside data: Markdown and HTML, XML, archives. Nothing else may open one."""

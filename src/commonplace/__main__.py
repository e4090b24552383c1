from commonplace.web.command_line import main

main()
